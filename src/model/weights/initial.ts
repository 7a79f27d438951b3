/**
 * @file Initialisation as the paper's code does it (`_init_weights`: truncated normal of 0.02, biases 0, layer scale 1e-6).
 *
 * Drawn from a hash of the key, so that the same network starts the same every time.
 */
import type { TensorSpec } from "../graph/types.ts";
import { uniform } from "./seeded.ts";
import { elementCount } from "./tensorMap.ts";

/** Layer scale's initial value in the paper and in both official repositories. */
export const initialGamma = 1e-6;

const weightStd = 0.02;

/** Values of a never-trained tensor, in PyTorch's (row-major) order. */
export function initialTensor({ key, role, shape }: TensorSpec): Float32Array<ArrayBuffer> {
  const values = new Float32Array(elementCount(shape));
  switch (role) {
    case "weight":
      // A norm's weight has one axis; convolutions and linear layers have two or more.
      return shape.length === 1 ? values.fill(1) : normal(`initial:${key}`, values);
    case "bias":
    case "runningMean":
      return values;
    case "runningVar":
      return values.fill(1);
    case "gamma":
      return values.fill(initialGamma);
    default:
      return role satisfies never;
  }
}

/**
 * Fills `values` from N(0, 0.02^2) by Box-Muller.
 * timm's `trunc_normal_` cuts at -2 and 2 in absolute terms, 100 standard deviations away, so nothing is ever cut.
 */
function normal(name: string, values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const pairs = Math.ceil(values.length / 2);
  const u = uniform(name, 2 * pairs);
  for (let i = 0; i < pairs; i++) {
    const radius = weightStd * Math.sqrt(-2 * Math.log(1 - ((u[2 * i] ?? 0) + 1) / 2));
    const angle = Math.PI * (u[2 * i + 1] ?? 0);
    values[2 * i] = radius * Math.cos(angle);
    // Past the end of an odd length this writes nothing.
    values[2 * i + 1] = radius * Math.sin(angle);
  }
  return values;
}
