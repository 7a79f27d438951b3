/**
 * @file From PyTorch's layouts (NCHW, OIHW) to those of TensorFlow.js (NHWC, HWIO) and back, on plain arrays.
 */

/** OIHW to HWIO: `[outC, inC, kh, kw]` to `[kh, kw, inC, outC]`. A linear weight `[out, in]` becomes `[in, out]`. */
export function toHwio(
  data: Float32Array,
  [outC = 1, inC = 1, kh = 1, kw = 1]: readonly number[],
): Float32Array {
  const result = new Float32Array(data.length);
  const pixels = kh * kw;
  for (let o = 0, from = 0; o < outC; o++) {
    for (let i = 0; i < inC; i++) {
      for (let p = 0; p < pixels; p++, from++) result[(p * inC + i) * outC + o] = data[from] ?? 0;
    }
  }
  return result;
}

/** NCHW to NHWC. */
export function toChannelsLast(
  data: Float32Array,
  [n = 1, c = 1, h = 1, w = 1]: readonly number[],
): Float32Array {
  return swapAxes(data, n, c, h * w);
}

/** NHWC (its shape in that order) to NCHW. */
export function toChannelsFirst(
  data: Float32Array,
  [n = 1, h = 1, w = 1, c = 1]: readonly number[],
): Float32Array {
  return swapAxes(data, n, h * w, c);
}

/** `[n, a, b]` to `[n, b, a]`. */
function swapAxes(data: Float32Array, n: number, a: number, b: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let image = 0, from = 0; image < n; image++) {
    const start = image * a * b;
    for (let i = 0; i < a; i++) {
      for (let j = 0; j < b; j++, from++) result[start + j * a + i] = data[from] ?? 0;
    }
  }
  return result;
}
