/** @file The matrix products on the CPU in double precision, as plain as they can be written. */
import { gelu } from "../graph/gelu.ts";
import type { Epilogue, MatmulSizes } from "./matmul.ts";
import type { MatmulWeights } from "./packMatmul.ts";

/** `x` is `[N, H, W, inputs]`, `residual` and the result `[N, outH, outW, outputs]`, none of them padded. */
export function matmulReference(
  x: Float32Array,
  { weight, bias, layerNorm }: MatmulWeights,
  epilogue: Epilogue,
  sizes: MatmulSizes,
  residual?: Float32Array,
): Float32Array {
  const { batch, height, width, inputs, outputs, patch } = sizes;
  const [outHeight, outWidth] = [Math.floor(height / patch), Math.floor(width / patch)];
  const result = new Float32Array(batch * outHeight * outWidth * outputs);
  let at = 0;
  for (let image = 0; image < batch; image++) {
    for (let y = 0; y < outHeight; y++) {
      for (let x0 = 0; x0 < outWidth; x0++) {
        const row: number[] = [];
        for (let input = 0; input < inputs; input++) {
          for (let dy = 0; dy < patch; dy++) {
            for (let dx = 0; dx < patch; dx++) {
              const pixel = (image * height + y * patch + dy) * width + x0 * patch + dx;
              row.push(x[pixel * inputs + input] ?? 0);
            }
          }
        }
        const normed = layerNorm
          ? normalise(row, sizes.epsilon).map(
              (value, input) => value * (layerNorm.weight[input] ?? 0) + (layerNorm.bias[input] ?? 0),
            )
          : row;
        for (let output = 0; output < outputs; output++) {
          let sum = bias?.[output] ?? 0;
          for (const [k, value] of normed.entries()) sum += value * (weight[output * normed.length + k] ?? 0);
          if (epilogue.gelu) sum = gelu(sum);
          if (epilogue.residual) sum += residual?.[at] ?? 0;
          result[at] = epilogue.relu ? Math.max(sum, 0) : sum;
          at++;
        }
      }
    }
  }
  return result;
}

/** Mean 0, variance 1. */
function normalise(row: readonly number[], epsilon: number): number[] {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  return row.map((value) => (value - mean) / Math.sqrt(variance + epsilon));
}
