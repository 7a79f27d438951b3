/** @file Layer norm over the channels of every pixel on plain arrays, in double precision. */

/** `x` and `result` are `[pixels, channels]`, and may be the same. */
export function heapLayerNorm(
  x: Float32Array,
  result: Float32Array,
  {
    weight,
    bias,
    epsilon,
  }: { readonly weight: Float32Array; readonly bias: Float32Array; readonly epsilon: number },
): void {
  const channels = weight.length;
  for (let start = 0; start < x.length; start += channels) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += x[start + c] ?? 0;
    const mean = sum / channels;
    let squares = 0;
    for (let c = 0; c < channels; c++) {
      const centred = (x[start + c] ?? 0) - mean;
      squares += centred * centred;
    }
    const scale = 1 / Math.sqrt(squares / channels + epsilon);
    for (let c = 0; c < channels; c++) {
      result[start + c] = ((x[start + c] ?? 0) - mean) * scale * (weight[c] ?? 0) + (bias[c] ?? 0);
    }
  }
}
