/** @file The step of a clock, from moments that it showed. */

/** Greatest common divisor of the distances between the moments, in their unit; 0 where they are all the same. */
export function commonStep(moments: readonly bigint[]): bigint {
  const sorted = [...moments].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.slice(1).reduce((step, moment, index) => divisor(step, moment - (sorted[index] ?? 0n)), 0n);
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
