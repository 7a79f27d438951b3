/** @file How far the results of two ways to compute the same lie apart. */

/** The largest difference of any value, in standard deviations of the expected ones; NaN where one is no number. */
export function largestDifference(actual: Float32Array, expected: Float32Array): number {
  const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
  const variance = expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / expected.length;
  const largest = expected.reduce(
    (most, value, index) => Math.max(most, Math.abs(value - (actual[index] ?? Number.NaN))),
    0,
  );
  return largest / Math.sqrt(variance);
}
