/** @file Weights of a matrix product as its kernels read them. */
import { padded } from "./kernel.ts";

export interface MatmulWeights {
  /** `[outputs, inputs, kernelHeight, kernelWidth]`, PyTorch's; a linear layer's `[outputs, inputs]` is the case of 1 x 1. */
  readonly weight: Float32Array;
  /** `[outputs]`; 0 where absent. */
  readonly bias?: Float32Array | undefined;
  /** Weight and bias, `[inputs]` each, of a layer norm that comes before; folded in exactly. The kernel must be 1 x 1. */
  readonly layerNorm?: { readonly weight: Float32Array; readonly bias: Float32Array } | undefined;
}

export interface PackedMatmul {
  /** `[area * padded(inputs), padded(outputs)]`, row by row; what is padded is 0. */
  readonly weights: Float32Array;
  /** `[padded(outputs)]` */
  readonly bias: Float32Array;
}

/** Outputs that are packed together, so that reads and writes both stay in cache. */
const block = 8;

/** @param sizes `area`: pixels of the kernel. */
export function packMatmul(
  { weight, bias, layerNorm }: MatmulWeights,
  { inputs, outputs, area }: { readonly inputs: number; readonly outputs: number; readonly area: number },
): PackedMatmul {
  const [rowLength, columns] = [padded(inputs), padded(outputs)];
  const weights = new Float32Array(area * rowLength * columns);
  for (let first = 0; first < outputs; first += block) {
    const end = Math.min(first + block, outputs);
    for (let input = 0; input < inputs; input++) {
      const scale = layerNorm?.weight[input] ?? 1;
      for (let pixel = 0; pixel < area; pixel++) {
        const row = (pixel * rowLength + input) * columns;
        let from = (first * inputs + input) * area + pixel;
        for (let output = first; output < end; output++) {
          weights[row + output] = (weight[from] ?? 0) * scale;
          from += inputs * area;
        }
      }
    }
  }
  const offsets = new Float32Array(columns);
  for (let output = 0; output < outputs; output++) {
    let offset = bias?.[output] ?? 0;
    const from = output * inputs;
    // A layer norm's patches are single pixels.
    layerNorm?.bias.forEach((value, input) => {
      offset += value * (weight[from + input] ?? 0);
    });
    offsets[output] = offset;
  }
  return { weights, bias: offsets };
}
