/** @file Depthwise convolution on the CPU, as plain as it can be written: what the kernel must agree with. */
import type { DepthwiseSizes } from "./depthwise.ts";
import type { DepthwiseBranch } from "./packDepthwise.ts";

/** `x` and the result are `[N, H, W, C]`, not padded; channels that are in no branch pass through. */
export function depthwiseReference(
  x: Float32Array,
  { batch, height, width, channels }: DepthwiseSizes,
  branches: readonly DepthwiseBranch[],
): Float32Array {
  const result = x.slice();
  const at = (image: number, row: number, column: number) =>
    ((image * height + row) * width + column) * channels;
  const inside = (row: number, column: number) => row >= 0 && row < height && column >= 0 && column < width;
  for (const { start, count, kernelSize, weight, bias } of branches) {
    const [rows, columns] = kernelSize;
    for (let image = 0; image < batch; image++) {
      for (let y = 0; y < height; y++) {
        for (let x0 = 0; x0 < width; x0++) {
          for (let c = 0; c < count; c++) {
            let sum = bias?.[c] ?? 0;
            for (let row = 0; row < rows; row++) {
              for (let column = 0; column < columns; column++) {
                const [r, q] = [y + row - (rows - 1) / 2, x0 + column - (columns - 1) / 2];
                if (!inside(r, q)) continue;
                const pixel = x[at(image, r, q) + start + c] ?? 0;
                sum += pixel * (weight[(c * rows + row) * columns + column] ?? 0);
              }
            }
            result[at(image, y, x0) + start + c] = sum;
          }
        }
      }
    }
  }
  return result;
}
