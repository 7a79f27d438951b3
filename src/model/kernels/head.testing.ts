/** @file Layer norm and global average pooling on the CPU in double precision. */

/** `x` and the result are `[pixels, channels]`, not padded. */
export function layerNormReference(
  x: Float32Array,
  weight: Float32Array,
  bias: Float32Array,
  epsilon: number,
): Float32Array {
  const channels = weight.length;
  const result = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += channels) {
    const pixel = [...x.subarray(start, start + channels)];
    const mean = pixel.reduce((sum, value) => sum + value, 0) / channels;
    const variance = pixel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
    for (const [c, value] of pixel.entries()) {
      const normed = (value - mean) / Math.sqrt(variance + epsilon);
      result[start + c] = normed * (weight[c] ?? 0) + (bias[c] ?? 0);
    }
  }
  return result;
}

/** `x` is `[images, pixels, channels]`, the result `[images, channels]`, not padded. */
export function averagePoolReference(x: Float32Array, pixels: number, channels: number): Float32Array {
  const sums = new Float64Array(x.length / pixels);
  for (const [index, value] of x.entries()) {
    const image = Math.floor(index / (pixels * channels));
    const at = image * channels + (index % channels);
    sums[at] = (sums[at] ?? 0) + value / pixels;
  }
  return Float32Array.from(sums);
}
