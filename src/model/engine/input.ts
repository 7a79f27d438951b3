/** @file From a decoded picture to what a network reads. */

import type { Architecture } from "../architecture/schema.ts";
import { elementCount } from "../graph/elementCount.ts";
import { evaluationCrop, normalise, type Preprocessing, type RgbImage } from "../image/transform.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { EngineError } from "../runtime/errors.ts";
import type { Batch } from "./api.ts";

/** How the picture is prepared, and for how many channels. */
export interface InputFormat {
  readonly preprocessing: Preprocessing;
  readonly channels: number;
}

/** As the weights want it, at the network's own size. */
export function formatOf(
  { imageSize, inChannels: channels }: Pick<Architecture, "imageSize" | "inChannels">,
  { preprocessing }: Pick<InputFormat, "preprocessing">,
): InputFormat {
  return { preprocessing: { ...preprocessing, imageSize }, channels };
}

/** What the network sees of `image`, before normalisation. */
export function seenBy({ preprocessing }: InputFormat, image: RgbImage): RgbImage {
  return evaluationCrop(image, preprocessing);
}

/**
 * `[size, size, channels]`, channels last, as one row after the other. A network of one channel reads the mean of the three.
 * @throws EngineError `badInput` for any other number of channels than 1 and 3.
 */
export function toInput({ preprocessing, channels }: InputFormat, seen: RgbImage): Float32Array {
  const rgb = normalise(seen, preprocessing);
  if (channels === 3) return rgb;
  if (channels !== 1) {
    throw new EngineError(
      "badInput",
      `The network takes ${channels} channels, a picture has 3: set its input channels to 3.`,
    );
  }
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * pixel, 3 * pixel + 3);
    return (red + green + blue) / 3;
  });
}

/** `[N, H, W, C]`. @throws EngineError `badInput` where the batch is not what the network takes. */
export function pixelsOf(
  { data, shape }: Batch,
  { imageSize, inChannels }: Pick<Architecture, "imageSize" | "inChannels">,
): Float32Array {
  const expected = [shape[0], inChannels, imageSize, imageSize];
  if (shape.join() !== expected.join() || data.length !== elementCount(shape)) {
    const given = `${data.length} values of the shape [${shape.join(", ")}]`;
    throw new EngineError("badInput", `The network takes [${expected.join(", ")}], not ${given}.`);
  }
  return toChannelsLast(data, shape);
}

/** RGBA bytes, opaque, for drawing. */
export function toRgba({ data, width, height }: RgbImage): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgba[4 * pixel + channel] = data[3 * pixel + channel] ?? 0;
  }
  return rgba;
}
