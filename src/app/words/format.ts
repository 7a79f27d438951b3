/** @file Numbers in words: three significant digits, a unit, and differences that say which way they go. */
import { formatBytes, formatCount, formatExact, formatMs } from "../../editor/format.ts";

/** A number and its unit, apart so that they can be set differently. */
export interface Quantity {
  readonly number: string;
  /** Empty where the number needs none. */
  readonly unit: string;
}

/** One line of text: number, thin space, unit. */
export function textOf({ number, unit }: Quantity): string {
  return unit ? `${number}\u2009${unit}` : number;
}

/** Parameters, MACs, activations: `4.16 M`. */
export function count(value: number): Quantity {
  return quantity(formatCount(value));
}

/** Decimal units, as sizes of files are given: `16.7 MB`. */
export function bytes(value: number): Quantity {
  return quantity(formatBytes(value));
}

export function milliseconds(ms: number): Quantity {
  return ms < 10_000 ? quantity(formatMs(ms)) : { number: digits(ms / 1000), unit: "s" };
}

export function perSecond(images: number): Quantity {
  return { number: digits(images), unit: "images/s" };
}

/** A share from 0 to 1. What is not everything never reads 100, what is not nothing never reads 0. */
export function percent(share: number): Quantity {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return { number: "< 0.1", unit: "%" };
  if (value < 100 && value > 99.9) return { number: "> 99.9", unit: "%" };
  const number = value === 0 || value === 100 ? String(value) : value.toFixed(1);
  return { number, unit: "%" };
}

/** How a number compares with the baseline's: in words, which way it went, and whether that is good. */
export interface Difference {
  readonly text: string;
  readonly direction: "up" | "down" | "same";
  readonly verdict: "better" | "worse" | "same";
}

const same: Difference = { text: "same", direction: "same", verdict: "same" };

/** For numbers of which less is better, as `12.3 % fewer`. */
export function lessIsBetter(
  value: number,
  baseline: number,
  words: { readonly less: string; readonly more: string },
): Difference {
  if (value === baseline) return same;
  const isLess = value < baseline;
  const way = isLess
    ? ({ direction: "down", verdict: "better" } as const)
    : ({ direction: "up", verdict: "worse" } as const);
  const word = isLess ? words.less : words.more;
  if (baseline === 0) return { text: word, ...way };
  const change = Math.abs(value / baseline - 1);
  if (change >= 9) return { text: `${digits(value / baseline)}× the baseline`, ...way };
  return { text: `${textOf(percent(change))} ${word}`, ...way };
}

/** How a time compares with the baseline's: `ratio` is time over the baseline's time, so below 1 is faster. */
export function speed(ratio: number): Difference {
  const factor = ratio < 1 ? 1 / ratio : ratio;
  const number = factor < 10 ? factor.toFixed(2) : digits(factor);
  if (number === "1.00") return { ...same, text: "same speed" };
  return ratio < 1
    ? { text: `${number}× faster`, direction: "up", verdict: "better" }
    : { text: `${number}× slower`, direction: "down", verdict: "worse" };
}

/** How a share from 0 to 1, of which more is better, compares: in percentage points. */
export function points(value: number, baseline: number): Difference {
  const change = 100 * (value - baseline);
  if (Math.abs(change) < 0.05) return same;
  return change > 0
    ? { text: `${change.toFixed(1)} points higher`, direction: "up", verdict: "better" }
    : { text: `${(-change).toFixed(1)} points lower`, direction: "down", verdict: "worse" };
}

function quantity(text: string): Quantity {
  const [number = "", unit = ""] = text.split(/\s/);
  return { number, unit };
}

/** Three significant digits, without an exponent. */
function digits(value: number): string {
  if (value === 0) return "0";
  if (value >= 999.5) return formatExact(Math.round(value));
  const places = Math.max(0, 2 - Math.floor(Math.log10(Number(value.toPrecision(3)))));
  return value.toFixed(Math.min(places, 4));
}
