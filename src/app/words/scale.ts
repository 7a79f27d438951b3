/** @file One unit and one number of decimals for a whole column, so that its numbers stand under each other. */

export interface Scale {
  /** As `M`; shown once, in the column's head. */
  readonly unit: string;
  /** The value in that unit. */
  readonly format: (value: number) => string;
}

/** A unit and how many of the plain one it holds, smallest first. */
export type Units = readonly (readonly [unit: string, size: number])[];

export const countUnits: Units = [
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
];

/** Decimal, as sizes of files are given. */
export const byteUnits: Units = [
  ["B", 1],
  ["kB", 1e3],
  ["MB", 1e6],
  ["GB", 1e9],
];

export const msUnits: Units = [
  ["µs", 1e-3],
  ["ms", 1],
  ["s", 1e3],
];

export const perSecondUnits: Units = [["/s", 1]];

export const shareUnits: Units = [["%", 0.01]];

const mostDecimals = 3;

/** Of a single value that they would hide. */
const finestDecimals = 6;

/**
 * The unit that fits the largest value, none where there is no value; decimals enough for three significant digits of the smallest.
 * What so many decimals still hide, beside far larger values, takes the decimals that it needs.
 */
export function scaleOf(values: readonly number[], units: Units): Scale {
  const sizes = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const [smallestUnit = ["", 1] as const] = units;
  const largest = Math.max(...sizes, 0);
  const [unit, size] = units.findLast(([, one]) => largest >= one) ?? smallestUnit;
  if (sizes.length === 0) return { unit: "", format: String };
  const smallest = Math.min(...sizes) / size;
  const isWhole = size === 1 && values.every((value) => Number.isInteger(value));
  const wanted = isWhole ? 0 : decimalsOf(smallest);
  const decimals = Math.min(Math.max(wanted, 0), mostDecimals);
  const format = (value: number) => {
    const scaled = value / size;
    const isHidden = scaled !== 0 && Math.abs(scaled) < 10 ** (1 - mostDecimals);
    return scaled.toFixed(isHidden ? Math.min(decimalsOf(scaled), finestDecimals) : decimals);
  };
  return { unit, format };
}

/** For three significant digits. */
function decimalsOf(value: number): number {
  return 2 - Math.floor(Math.log10(Math.abs(value)));
}
