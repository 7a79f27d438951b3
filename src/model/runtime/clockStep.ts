/** @file The step of a clock, from moments that it showed. */

/** A divisor below this may come from rounding alone: a coarse clock that counts in other units than these. */
const leastStep = 1000n;

/**
 * Nanoseconds that the clock's moments are multiples of; where that can't be seen, the smallest distance between two of
 * them, which is no less than its step. 0 where they are all the same.
 */
export function clockStep(moments: readonly bigint[]): bigint {
  const sorted = [...moments].sort(ascending);
  const [least = 0n, ...larger] = sorted
    .slice(1)
    .map((moment, index) => moment - (sorted[index] ?? moment))
    .filter((distance) => distance > 0n)
    .sort(ascending);
  const step = larger.reduce(divisor, least);
  return step >= leastStep ? step : least;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
