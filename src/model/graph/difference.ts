/** @file How far the results of two ways to compute the same lie apart. */

/** The largest difference of any value; NaN where one is no number, where there are not as many, or none at all. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length || expected.length === 0) return Number.NaN;
  let largest = 0;
  for (let index = 0; index < expected.length; index++) {
    largest = Math.max(largest, Math.abs((actual[index] ?? Number.NaN) - (expected[index] ?? Number.NaN)));
  }
  return largest;
}

/** Expected values that differ by less than this share of the largest of them are all alike as far as float32 tells. */
const alike = 1e-6;

/**
 * The same in standard deviations of the expected values; relative to the largest of them where they are all alike, as the
 * only one is.
 */
export function deviationsApart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  const deviation = standardDeviation(expected);
  const magnitude = largestDifference(expected, new Float32Array(expected.length));
  const scale = deviation > alike * magnitude ? deviation : magnitude || 1;
  return largestDifference(actual, expected) / scale;
}

function standardDeviation(values: ArrayLike<number>): number {
  let mean = 0;
  for (let index = 0; index < values.length; index++) mean += (values[index] ?? 0) / values.length;
  let variance = 0;
  for (let index = 0; index < values.length; index++) {
    variance += ((values[index] ?? 0) - mean) ** 2 / values.length;
  }
  return Math.sqrt(variance);
}
