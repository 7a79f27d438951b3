/**
 * @file Initialisation as the paper's code does it (`_init_weights`: truncated normal of 0.02, biases 0, layer scale 1e-6).
 *
 * Drawn from a hash of the key, so that the same network starts the same every time.
 */

import { elementCount } from "../graph/elementCount.ts";
import type { TensorSpec } from "../graph/types.ts";
import { hashAt, hashes, seedOf } from "./seeded.ts";

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
 * Fills `values` from N(0, 0.02^2).
 * timm's `trunc_normal_` cuts at -2 and 2 in absolute terms, 100 standard deviations away, so nothing is ever cut.
 */
function normal(name: string, values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const pool = normalPool();
  const seed = seedOf(name);
  for (let i = 0; i < values.length; i++) values[i] = weightStd * (pool[hashAt(seed, i) >>> 16] ?? 0);
  return values;
}

let pool: Float32Array | undefined;

/** 65,536 standard normal values by Box-Muller, to draw from: an edit must not wait for millions of logarithms. */
function normalPool(): Float32Array {
  if (pool) return pool;
  pool = Float32Array.from(hashes("normal", 2 ** 16), (hash) => (hash + 0.5) / 2 ** 32);
  for (let i = 0; i < pool.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(pool[i] ?? 1));
    const angle = 2 * Math.PI * (pool[i + 1] ?? 0);
    pool[i] = radius * Math.cos(angle);
    pool[i + 1] = radius * Math.sin(angle);
  }
  return pool;
}
