/**
 * @file Pillow's bicubic resampling, bit for bit, for any window of the result.
 *
 * The official checkpoints were evaluated on pictures resized by Pillow, whose antialiased, fixed-point arithmetic no
 * canvas offers. A faithful copy of it is what makes our predictions the published ones.
 * Source: Pillow 9.4, `src/libImaging/Resample.c`.
 */

/** Fraction bits of the weights: 32 minus 8 for a pixel minus 2 for the overshoot of the filter. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);
const CHANNELS = 3;
/** Pixels on each side of the centre that the filter reaches at scale 1. */
const SUPPORT = 2;

/** Keys' cubic with a = -0.5. */
function cubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/** For each output position of one axis: the first input position, the number of taps, and `stride` weights. */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A half-open range `from <= i < to` of output positions. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The weights of outputs `range` of an axis that goes from `inSize` to `outSize` pixels. */
function bicubicTaps(inSize: number, outSize: number, range: Span): Taps {
  const scale = inSize / outSize;
  // Shrinking widens the filter, so that every input pixel counts: the antialias that canvases leave out.
  const filterScale = Math.max(scale, 1);
  const inverse = 1 / filterScale;
  const support = SUPPORT * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const length = range.to - range.from;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const weights = new Int32Array(length * stride);
  const exact = new Float64Array(stride);
  for (let i = 0; i < length; i++) {
    const centre = (range.from + i + 0.5) * scale;
    const start = Math.max(Math.trunc(centre - support + 0.5), 0);
    const taps = Math.min(Math.trunc(centre + support + 0.5), inSize) - start;
    let sum = 0;
    for (let t = 0; t < taps; t++) {
      const weight = cubic((t + start - centre + 0.5) * inverse);
      exact[t] = weight;
      sum += weight;
    }
    for (let t = 0; t < taps; t++) {
      const fixed = ((exact[t] ?? 0) / sum) * (1 << PRECISION_BITS);
      weights[i * stride + t] = Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    }
    first[i] = start;
    count[i] = taps;
  }
  return { first, count, weights, stride };
}

/** Rounds a fixed-point sum to a grey level; the clamped array it is stored in does the clipping. */
const toLevel = (sum: number): number => sum >> PRECISION_BITS;

/** Resamples along x the rows `rows` of a picture `width` wide; gives `[rows, columns, 3]`. */
function horizontal(data: ArrayLike<number>, width: number, rows: Span, taps: Taps): Uint8ClampedArray {
  const columns = taps.first.length;
  const out = new Uint8ClampedArray((rows.to - rows.from) * columns * CHANNELS);
  let o = 0;
  for (let y = rows.from; y < rows.to; y++) {
    for (let x = 0; x < columns; x++) {
      let p = (y * width + (taps.first[x] ?? 0)) * CHANNELS;
      let w = x * taps.stride;
      const end = w + (taps.count[x] ?? 0);
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (; w < end; w++, p += CHANNELS) {
        const weight = taps.weights[w] ?? 0;
        red += (data[p] ?? 0) * weight;
        green += (data[p + 1] ?? 0) * weight;
        blue += (data[p + 2] ?? 0) * weight;
      }
      out[o++] = toLevel(red);
      out[o++] = toLevel(green);
      out[o++] = toLevel(blue);
    }
  }
  return out;
}

/** Resamples along y a picture whose row 0 is input row `firstRow` and whose rows have `rowLength` values. */
function vertical(
  data: Uint8ClampedArray,
  rowLength: number,
  firstRow: number,
  taps: Taps,
): Uint8ClampedArray {
  const rows = taps.first.length;
  const out = new Uint8ClampedArray(rows * rowLength);
  for (let y = 0; y < rows; y++) {
    const start = ((taps.first[y] ?? 0) - firstRow) * rowLength;
    const w = y * taps.stride;
    const count = taps.count[y] ?? 0;
    for (let i = 0; i < rowLength; i++) {
      let sum = HALF;
      for (let t = 0, p = start + i; t < count; t++, p += rowLength) {
        sum += (data[p] ?? 0) * (taps.weights[w + t] ?? 0);
      }
      out[y * rowLength + i] = toLevel(sum);
    }
  }
  return out;
}

/** Resize to `width` x `height`, of which only `columns` and `rows` are wanted. */
export interface ResizeWindow {
  readonly width: number;
  readonly height: number;
  readonly columns: Span;
  readonly rows: Span;
}

/**
 * The part `window` of an RGB picture `[height, width, 3]` resized as Pillow does: along x first, rounded to 8 bits, then
 * along y. Work and memory follow from the window, not from the size of the resized picture: besides the result,
 * one buffer of (input rows that the window reads) x (window columns) x 3 bytes.
 */
export function resampleBicubic(
  image: { readonly width: number; readonly height: number; readonly data: ArrayLike<number> },
  window: ResizeWindow,
): Uint8ClampedArray {
  const across = bicubicTaps(image.width, window.width, window.columns);
  const down = bicubicTaps(image.height, window.height, window.rows);
  const last = down.first.length - 1;
  const rows = { from: down.first[0] ?? 0, to: (down.first[last] ?? 0) + (down.count[last] ?? 0) };
  const narrow = horizontal(image.data, image.width, rows, across);
  return vertical(narrow, across.first.length * CHANNELS, rows.from, down);
}
