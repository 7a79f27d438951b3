/**
 * @file Ratios behind channel counts. A checkpoint shows `floor(dim * ratio)` only; the ratio that a person would have
 * written is guessed, and always gives exactly these counts.
 */

/** A stretch of `count` out of `dim` channels. */
export interface Share {
  readonly dim: number;
  readonly count: number;
}

/** In the papers or often tried. */
const usual = [1 / 8, 1 / 4, 1 / 2, 1 / 16, 3 / 8, 0.1, 0.3, 3 / 16, 1 / 3, 0.2, 3 / 4, 1 / 32] as const;
const largestDenominator = 64;

/** One ratio for all shares where there is one, else one for each. */
export function ratiosOf(shares: readonly Share[]): readonly number[] {
  const common = simplest(shares);
  if (common !== undefined) return shares.map(() => common);
  // Halfway to the next count is right whatever the rounding.
  return shares.map((share) => simplest([share]) ?? (share.count + 0.5) / share.dim);
}

function simplest(shares: readonly Share[]): number | undefined {
  const fits = (ratio: number) => shares.every(({ dim, count }) => Math.floor(dim * ratio) === count);
  const [first] = shares;
  if (!first) return undefined;
  if (first.count % first.dim === 0 && fits(first.count / first.dim)) return first.count / first.dim;
  const known = usual.find(fits);
  if (known !== undefined) return known;
  for (let denominator = 2; denominator <= largestDenominator; denominator++) {
    const ratio = Math.ceil((first.count * denominator) / first.dim) / denominator;
    if (fits(ratio)) return ratio;
  }
  return undefined;
}
