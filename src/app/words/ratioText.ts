/** @file Ratios of times, as `0.83`. */

/** Two decimals below 10, three digits above. */
export function ratioText(ratio: number): string {
  if (ratio < 9.995) return ratio.toFixed(2);
  return ratio < 99.95 ? ratio.toFixed(1) : ratio.toFixed(0);
}
