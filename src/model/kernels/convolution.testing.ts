/** @file Dense convolution and max pooling on the CPU in double precision, as plain as they can be written. */
import { gelu } from "../graph/gelu.ts";
import { type ConvolutionEpilogue, type ConvolutionSizes, convolvedSize } from "./convolution.ts";
import type { MatmulWeights } from "./packMatmul.ts";

type WindowSizes = Pick<ConvolutionSizes, "batch" | "height" | "width" | "kernelSize" | "stride" | "padding">;

/** `x` is `[N, H, W, inputs]`, `residual` and the result `[N, outH, outW, outputs]`, none of them padded. */
export function convolutionReference(
  x: Float32Array,
  { weight, bias }: Pick<MatmulWeights, "weight" | "bias">,
  epilogue: ConvolutionEpilogue,
  sizes: ConvolutionSizes,
  residual?: Float32Array,
): Float32Array {
  const { inputs, outputs, kernelSize } = sizes;
  const area = kernelSize[0] * kernelSize[1];
  const result: number[] = [];
  for (const pixels of windows(sizes)) {
    for (let output = 0; output < outputs; output++) {
      let sum = bias?.[output] ?? 0;
      for (const { pixel, place } of pixels) {
        for (let input = 0; input < inputs; input++) {
          const factor = weight[(output * inputs + input) * area + place] ?? 0;
          sum += (x[pixel * inputs + input] ?? 0) * factor;
        }
      }
      if (epilogue.gelu) sum = gelu(sum);
      if (epilogue.residual) sum += residual?.[result.length] ?? 0;
      result.push(epilogue.relu ? Math.max(sum, 0) : sum);
    }
  }
  return Float32Array.from(result);
}

/** `x` is `[N, H, W, channels]`, the result `[N, outH, outW, channels]`, none of them padded. */
export function maxPoolReference(x: Float32Array, sizes: WindowSizes, channels: number): Float32Array {
  const result: number[] = [];
  for (const pixels of windows(sizes)) {
    for (let channel = 0; channel < channels; channel++) {
      result.push(Math.max(...pixels.map(({ pixel }) => x[pixel * channels + channel] ?? 0)));
    }
  }
  return Float32Array.from(result);
}

interface WindowPixel {
  /** In the whole batch. */
  readonly pixel: number;
  /** In the kernel. */
  readonly place: number;
}

/** The pixels inside the image that each output pixel looks at, in the order of the output. */
function* windows(sizes: WindowSizes): Generator<readonly WindowPixel[]> {
  const { batch, height, width, kernelSize, stride, padding } = sizes;
  const [outHeight, outWidth] = convolvedSize(sizes);
  for (let image = 0; image < batch; image++) {
    for (let outY = 0; outY < outHeight; outY++) {
      for (let outX = 0; outX < outWidth; outX++) {
        const pixels: WindowPixel[] = [];
        for (let place = 0; place < kernelSize[0] * kernelSize[1]; place++) {
          const y = outY * stride - padding[0] + Math.floor(place / kernelSize[1]);
          const x = outX * stride - padding[1] + (place % kernelSize[1]);
          if (y < 0 || y >= height || x < 0 || x >= width) continue;
          pixels.push({ pixel: (image * height + y) * width + x, place });
        }
        yield pixels;
      }
    }
  }
}
