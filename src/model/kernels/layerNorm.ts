/**
 * @file Layer norm over the channels of every pixel, where no matrix product follows that could do it in passing
 * (ConvNeXt's stem and downsamples).
 *
 * Tiling: a thread takes one pixel and reads its channels three times: for the mean, for the variance about that mean, and
 * to write. Nothing is shared, so there is no barrier; the second and third reads come from cache.
 */
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

const threads = 64;

/** Inputs: `x`, and `weight` and `bias` padded with 0 as the channels are. */
const layerNorm: Kernel = {
  name: "layer norm",
  inputs: ["x", "weight", "bias"].map((name) => ({ name, element: "stored" })),
  uniforms: { pixels: "i32", channels: "i32", features: "f32", epsilon: "f32" },
  workgroupSize: threads,
  code: `
fn run(group: i32, thread: i32) {
  let pixel = group * ${threads} + thread;
  if (pixel >= uniforms.pixels) { return; }
  let start = pixel * uniforms.channels;
  var sum = vec4<f32>(0.0);
  for (var c = 0; c < uniforms.channels; c++) { sum += load(x[start + c]); }
  let mean = dot(sum, vec4<f32>(1.0)) / uniforms.features;
  var squares = vec4<f32>(0.0);
  for (var c = 0; c < uniforms.channels; c++) {
    // Channels that only pad the last vector are not part of the variance.
    let inside = vec4<f32>(4 * c + vec4<i32>(0, 1, 2, 3)) < vec4<f32>(uniforms.features);
    let centred = select(vec4<f32>(0.0), load(x[start + c]) - mean, inside);
    squares += centred * centred;
  }
  let scale = inverseSqrt(dot(squares, vec4<f32>(1.0)) / uniforms.features + uniforms.epsilon);
  for (var c = 0; c < uniforms.channels; c++) {
    result[start + c] = store((load(x[start + c]) - mean) * scale * load(weight[c]) + load(bias[c]));
  }
}`,
};

/** `pixels` counts those of the whole batch. The result is `[pixels, padded(channels)]`. */
export function dispatchLayerNorm(pixels: number, channels: number, epsilon: number): Dispatch {
  return {
    kernel: layerNorm,
    uniforms: { pixels, channels: vectors(channels), features: channels, epsilon },
    workgroups: Math.ceil(pixels / threads),
    outputShape: [pixels, padded(channels)],
  };
}
