/**
 * @file The evaluation transform of the official checkpoints: resize, centre crop, normalise.
 *
 * Follows timm's `transforms_imagenet_eval` (crop mode "center") on torchvision 0.14 and Pillow 9.4 to the bit, because
 * a picture prepared in another way gives other probabilities than the published ones. Pure: no canvas, no GPU.
 */
import { resampleBicubic, type Span } from "./bicubic.ts";

/** A picture: RGB, 3 bytes a pixel, row-major, `[height, width, 3]`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A picture with fractional grey levels, 0 to 255, `[height, width, 3]`. */
export interface FloatImage {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** How a checkpoint wants its input. `mean` and `std` are per channel, of values from 0 to 1. */
export interface Preprocessing {
  /** Side of the square input, in pixels. */
  readonly imageSize: number;
  /** Share of the resized shorter side that the crop keeps, over 0; 1 keeps all, above 1 pads with black. */
  readonly cropPct: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/** The preprocessing of every official ImageNet checkpoint but for its size and crop. */
export function imagenetPreprocessing(imageSize: number, cropPct: number): Preprocessing {
  return { imageSize, cropPct, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
}

/** Throws a RangeError unless all sizes are whole and at least 1. */
function checkSizes(...sizes: readonly number[]): void {
  if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(
      `A picture can't be resized to or from ${sizes.join(" x ")}: use whole sizes from 1.`,
    );
  }
}

/** `image` resized to `width` x `height` exactly as Pillow's `resize(..., BICUBIC)`. Throws RangeError on a bad size. */
export function resizeBicubic(image: RgbImage, width: number, height: number): RgbImage {
  checkSizes(image.width, image.height, width, height);
  const columns = { from: 0, to: width };
  const rows = { from: 0, to: height };
  return { width, height, data: resampleBicubic(image, { width, height, columns, rows }) };
}

/** Python's `round` of half of a whole number: ties go to the even neighbour. */
function roundHalf(whole: number): number {
  const low = Math.floor(whole / 2);
  return whole % 2 === 0 || low % 2 === 0 ? low : low + 1;
}

/** Which positions of a resized axis a centre crop of `crop` keeps, and how many black ones come before them. */
function centre(resized: number, crop: number): Span & { readonly before: number } {
  if (resized < crop) return { from: 0, to: resized, before: Math.floor((crop - resized) / 2) };
  const from = roundHalf(resized - crop);
  return { from, to: from + crop, before: 0 };
}

/**
 * What the network sees of `image`, before normalisation, `imageSize` x `imageSize`: the shorter side resized to
 * `floor(imageSize / cropPct)`, the longer one in proportion (rounded down), then the centre. Only the crop is computed,
 * so a huge or very long picture costs no more memory than its own rows times the crop's width.
 * Throws RangeError where the sizes are not whole or `cropPct` leaves no pixel.
 */
export function evaluationCrop(
  image: RgbImage,
  { imageSize, cropPct }: Pick<Preprocessing, "imageSize" | "cropPct">,
): RgbImage {
  const shorter = Math.floor(imageSize / cropPct);
  checkSizes(image.width, image.height, imageSize, shorter);
  const longer = Math.floor(
    (shorter * Math.max(image.width, image.height)) / Math.min(image.width, image.height),
  );
  const width = image.width <= image.height ? shorter : longer;
  const height = image.width <= image.height ? longer : shorter;
  const columns = centre(width, imageSize);
  const rows = centre(height, imageSize);
  const kept = resampleBicubic(image, { width, height, columns, rows });
  const data = new Uint8ClampedArray(imageSize * imageSize * 3);
  const rowLength = (columns.to - columns.from) * 3;
  for (let y = 0; y < rows.to - rows.from; y++) {
    const row = kept.subarray(y * rowLength, (y + 1) * rowLength);
    data.set(row, ((y + rows.before) * imageSize + columns.before) * 3);
  }
  return { width: imageSize, height: imageSize, data };
}

/** For each of `size` outputs of a bilinear axis: the two inputs and the share of the second. */
function bilinearTaps(inSize: number, size: number) {
  return Array.from({ length: size }, (_, i) => {
    const position = Math.max(((i + 0.5) * inSize) / size - 0.5, 0);
    const low = Math.min(Math.floor(position), inSize - 1);
    return { low, high: Math.min(low + 1, inSize - 1), share: position - low };
  });
}

/**
 * `image` squashed to `size` x `size`, bilinear without antialias, as `F.interpolate(mode="bilinear", align_corners=False)`.
 * Not the evaluation transform: the published check of InceptionNeXt-T was made this way, and on unrounded values, so the
 * result keeps its fractions. Throws RangeError on a bad size.
 */
export function squash(image: RgbImage, size: number): FloatImage {
  checkSizes(image.width, image.height, size);
  const columns = bilinearTaps(image.width, size);
  const rows = bilinearTaps(image.height, size);
  const data = new Float32Array(size * size * 3);
  const level = (x: number, y: number, c: number) => image.data[(y * image.width + x) * 3 + c] ?? 0;
  let o = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let c = 0; c < 3; c++) {
        const along = (y: number) =>
          level(column.low, y, c) * (1 - column.share) + level(column.high, y, c) * column.share;
        data[o++] = along(row.low) * (1 - row.share) + along(row.high) * row.share;
      }
    }
  }
  return { width: size, height: size, data };
}

/**
 * The network's input `[1, imageSize, imageSize, 3]` (channels last): `(level / 255 - mean) / std`, each step rounded to
 * float32 as torchvision's ToTensor and Normalize do. Throws RangeError where `image` is not `imageSize` square.
 */
export function normalise(image: RgbImage | FloatImage, preprocessing: Preprocessing): Float32Array {
  const { imageSize, mean, std } = preprocessing;
  if (image.width !== imageSize || image.height !== imageSize) {
    throw new RangeError(
      `The network takes ${imageSize} x ${imageSize} pixels, not ${image.width} x ${image.height}: crop the picture first.`,
    );
  }
  const f = Math.fround;
  const out = new Float32Array(image.data.length);
  for (let c = 0; c < 3; c++) {
    const centreLevel = f(mean[c] ?? 0);
    const spread = f(std[c] ?? 1);
    for (let i = c; i < out.length; i += 3) {
      out[i] = f(f(f((image.data[i] ?? 0) / 255) - centreLevel) / spread);
    }
  }
  return out;
}
