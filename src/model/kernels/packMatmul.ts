/** @file Weights of a matrix product as its kernels read them. */
import { padded } from "./kernel.ts";

export interface MatmulWeights {
  /** `[outputs, inputs, patch, patch]`, PyTorch's; a linear layer's `[outputs, inputs]` is the case of patch 1. */
  readonly weight: Float32Array;
  /** `[outputs]`; 0 where absent. */
  readonly bias?: Float32Array | undefined;
  /** Weight and bias, `[inputs]` each, of a layer norm that comes before; folded in exactly. Patch must be 1. */
  readonly layerNorm?: { readonly weight: Float32Array; readonly bias: Float32Array } | undefined;
}

export interface PackedMatmul {
  /** `[patch * patch * padded(inputs), padded(outputs)]`, row by row; what is padded is 0. */
  readonly weights: Float32Array;
  /** `[padded(outputs)]`; with a layer norm the sums of the columns of `weights` follow. */
  readonly bias: Float32Array;
}

export function packMatmul(
  { weight, bias, layerNorm }: MatmulWeights,
  { inputs, outputs, patch }: { readonly inputs: number; readonly outputs: number; readonly patch: number },
): PackedMatmul {
  const [rowLength, columns, area] = [padded(inputs), padded(outputs), patch * patch];
  const weights = new Float32Array(area * rowLength * columns);
  const offsets = new Float64Array(columns);
  const sums = new Float64Array(columns);
  let at = 0;
  for (let output = 0; output < outputs; output++) {
    let offset = bias?.[output] ?? 0;
    let sum = 0;
    for (let input = 0; input < inputs; input++) {
      for (let pixel = 0; pixel < area; pixel++) {
        const value = weight[at++] ?? 0;
        const row = pixel * rowLength + input;
        const scaled = Math.fround(value * (layerNorm?.weight[input] ?? 1));
        weights[row * columns + output] = scaled;
        offset += value * (layerNorm?.bias[input] ?? 0);
        sum += scaled;
      }
    }
    offsets[output] = offset;
    sums[output] = sum;
  }
  return { weights, bias: Float32Array.from(layerNorm ? [...offsets, ...sums] : offsets) };
}
