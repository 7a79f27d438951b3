/**
 * @file Averages over an odd kernel around every pixel, of those pixels alone that the map has: `[N, H, W, C4]` to the same.
 * PoolFormer's mixer (arXiv 2111.11418) takes its own input from them, in the same dispatch.
 *
 * Tiling: a thread takes one vector of four channels of one pixel; neighbouring threads take neighbouring vectors, so that
 * every step reads contiguous memory. The window is cut at the edge before the loops, so that none of its steps is a test.
 */
import type { Size2d } from "../graph/types.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

export interface AveragePool2dSizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Odd. */
  readonly kernelSize: Size2d;
}

const threads = 64;

/** Inputs: `x`, and where it `subtracts` the tensor of its shape that is taken from the averages, which may be the same one. */
export function dispatchAveragePool2d(
  { batch, height, width, channels, kernelSize }: AveragePool2dSizes,
  subtracts: boolean,
): Dispatch {
  const size = batch * height * width * vectors(channels);
  const [kernelHeight, kernelWidth] = kernelSize;
  return {
    kernel: subtracts ? poolDifference : averagePool2d,
    uniforms: {
      size,
      height,
      width,
      channels: vectors(channels),
      rows: (kernelHeight - 1) / 2,
      columns: (kernelWidth - 1) / 2,
    },
    workgroups: Math.ceil(size / threads),
    outputShape: [batch, height, width, padded(channels)],
  };
}

const averagePool2d = kernelOf("average pool 2d", ["x"], "average");
const poolDifference = kernelOf("pool difference", ["x", "other"], "average - load(other[index])");

function kernelOf(name: string, inputs: readonly string[], value: string): Kernel {
  return {
    name,
    inputs: inputs.map((input) => ({ name: input, element: "stored" })),
    uniforms: {
      /** Vectors of the result. */
      size: "i32",
      height: "i32",
      width: "i32",
      /** Vectors of a pixel. */
      channels: "i32",
      /** On either side of the pixel in the middle. */
      rows: "i32",
      columns: "i32",
    },
    workgroupSize: threads,
    code: `
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index >= uniforms.size) { return; }
  let pixel = index / uniforms.channels;
  let channel = index - pixel * uniforms.channels;
  let line = pixel / uniforms.width;
  let column = pixel - line * uniforms.width;
  let image = line / uniforms.height;
  let row = line - image * uniforms.height;
  let top = max(row - uniforms.rows, 0);
  let bottom = min(row + uniforms.rows + 1, uniforms.height);
  let left = max(column - uniforms.columns, 0);
  let right = min(column + uniforms.columns + 1, uniforms.width);
  var sum = vec4<f32>(0.0);
  for (var y = top; y < bottom; y++) {
    var at = ((image * uniforms.height + y) * uniforms.width + left) * uniforms.channels + channel;
    for (var place = left; place < right; place++) {
      sum += load(x[at]);
      at += uniforms.channels;
    }
  }
  let average = sum / f32((bottom - top) * (right - left));
  result[index] = store(${value});
}`,
  };
}
