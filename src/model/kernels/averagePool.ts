/**
 * @file Global average pooling: `[N, H, W, C4]` to `[N, C4]`.
 *
 * Tiling: a thread sums one vector of four channels over all pixels of an image; neighbouring threads take neighbouring
 * vectors, so that every step reads one contiguous run of memory.
 */
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

const threads = 64;

/** Input: `x`. */
const averagePool: Kernel = {
  name: "average pool",
  inputs: [{ name: "x", element: "stored" }],
  uniforms: { images: "i32", pixels: "i32", channels: "i32" },
  workgroupSize: threads,
  code: `
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index >= uniforms.images * uniforms.channels) { return; }
  let image = index / uniforms.channels;
  var at = image * uniforms.pixels * uniforms.channels + index - image * uniforms.channels;
  var sum = vec4<f32>(0.0);
  for (var pixel = 0; pixel < uniforms.pixels; pixel++) {
    sum += load(x[at]);
    at += uniforms.channels;
  }
  result[index] = store(sum / f32(uniforms.pixels));
}`,
};

export function dispatchAveragePool(images: number, pixels: number, channels: number): Dispatch {
  return {
    kernel: averagePool,
    uniforms: { images, pixels, channels: vectors(channels) },
    workgroups: Math.ceil((images * vectors(channels)) / threads),
    outputShape: [images, padded(channels)],
  };
}
