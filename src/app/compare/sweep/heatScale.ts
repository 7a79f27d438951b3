/** @file Which colour a value of a heat map has: a scale on which most of the values can be told apart. */

export type HeatScaleKind = "linear" | "logarithmic" | "rank";

export interface HeatScale {
  readonly kind: HeatScaleKind;
  /** Where a value lies between the palest colour, 0, and the deepest, 1. */
  readonly share: (value: number) => number;
  /** The values of the palest, the middle and the deepest colour. */
  readonly marks: readonly [number, number, number];
}

/** The middle half of the values must take this much of the colours, else one slow corner has most of them. */
const leastForMiddleHalf: Readonly<Record<HeatScaleKind, number>> = {
  linear: 0.25,
  logarithmic: 0.15,
  rank: 0,
};

/**
 * The plainest scale on which the middle half of the values take their part of the colours: linear, else logarithmic, else
 * by rank. Undefined where all values are the same or there are none.
 */
export function heatScale(values: readonly number[]): HeatScale | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
  const [low, middle, high] = [at(0), at(0.5), at(1)];
  if (!(high > low)) return undefined;
  const rank: HeatScale = {
    kind: "rank",
    share: (value) => rankIn(sorted, value) / (sorted.length - 1),
    marks: [low, middle, high],
  };
  const linear: HeatScale = {
    kind: "linear",
    share: (value) => (value - low) / (high - low),
    marks: [low, (low + high) / 2, high],
  };
  const logarithmic: HeatScale = {
    kind: "logarithmic",
    share: (value) => Math.log(value / low) / Math.log(high / low),
    marks: [low, Math.sqrt(low * high), high],
  };
  const candidates = low > 0 ? [linear, logarithmic] : [linear];
  const isTold = ({ kind, share }: HeatScale) =>
    share(at(0.75)) - share(at(0.25)) >= leastForMiddleHalf[kind];
  return candidates.find(isTold) ?? rank;
}

/** How many of the values are smaller; of equal ones the middle counts. */
function rankIn(sorted: readonly number[], value: number): number {
  const below = sorted.filter((one) => one < value).length;
  const equal = sorted.filter((one) => one === value).length;
  return below + Math.max(0, equal - 1) / 2;
}
