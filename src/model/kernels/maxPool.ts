/**
 * @file Max pooling: `[N, H, W, C4]` to `[N, outH, outW, C4]`. What lies beyond the edge does not count.
 *
 * Tiling: a thread takes one vector of four channels of one output pixel; neighbouring threads take neighbouring vectors,
 * so that every step reads contiguous memory.
 */
import { type ConvolutionSizes, convolvedSize, windowUniforms, windowValues } from "./convolution.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

const threads = 64;

/** Input: `x`. */
const maxPool: Kernel = {
  name: "max pool",
  inputs: [{ name: "x", element: "stored" }],
  uniforms: {
    ...windowUniforms,
    /** Vectors of the result. */
    size: "i32",
    outHeight: "i32",
  },
  workgroupSize: threads,
  code: `
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index >= uniforms.size) { return; }
  let outPixel = index / uniforms.pixel;
  let channel = index - outPixel * uniforms.pixel;
  let outRow = outPixel / uniforms.outWidth;
  let image = outRow / uniforms.outHeight;
  let top = (outRow - image * uniforms.outHeight) * uniforms.stride - uniforms.paddingTop;
  let left = (outPixel - outRow * uniforms.outWidth) * uniforms.stride - uniforms.paddingLeft;
  var largest = vec4<f32>(-3.4e38);
  for (var y = max(top, 0); y < min(top + uniforms.kernelHeight, uniforms.height); y++) {
    for (var column = max(left, 0); column < min(left + uniforms.kernelWidth, uniforms.width); column++) {
      let at = ((image * uniforms.height + y) * uniforms.width + column) * uniforms.pixel + channel;
      largest = max(largest, load(x[at]));
    }
  }
  result[index] = store(largest);
}`,
};

export function dispatchMaxPool(sizes: Omit<ConvolutionSizes, "outputs">): Dispatch {
  const { batch, inputs } = sizes;
  const [outHeight, outWidth] = convolvedSize(sizes);
  const size = batch * outHeight * outWidth * vectors(inputs);
  return {
    kernel: maxPool,
    uniforms: { ...windowValues(sizes), size, outHeight },
    workgroups: Math.ceil(size / threads),
    outputShape: [batch, outHeight, outWidth, padded(inputs)],
  };
}
