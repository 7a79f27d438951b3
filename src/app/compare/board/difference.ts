/** @file How a number differs from the baseline's, short enough for a table. */

export interface TableDifference {
  /** As `−12.3 %`; with its sign, so that colour is not alone. */
  readonly text: string;
  readonly verdict: "better" | "worse" | "same";
}

/** A change of this much or more is given as a factor. */
const largeChange = 9;

/** `isDecided`: whether a difference in this direction is certain, as one of counted numbers is. */
export function differenceOf(
  value: number,
  baseline: number,
  { isLessBetter, isDecided = true }: { readonly isLessBetter: boolean; readonly isDecided?: boolean },
): TableDifference {
  const change = baseline === 0 ? 0 : value / baseline - 1;
  const verdict = isDecided && change !== 0 ? (change < 0 === isLessBetter ? "better" : "worse") : "same";
  return { text: signed(change), verdict };
}

/** Of two shares from 0 to 1 of the same test images: in percentage points. So few images never make it certain. */
export function pointsDifference(value: number, baseline: number): TableDifference {
  const points = 100 * (value - baseline);
  const text = Math.abs(points).toFixed(1);
  if (text === "0.0") return { text: "±0 points", verdict: "same" };
  return { text: `${points < 0 ? "−" : "+"}${text} points`, verdict: "same" };
}

/** Percent with a sign; `×12` from ten times on. */
function signed(change: number): string {
  if (change >= largeChange) return `×${(change + 1).toFixed(change < 99 ? 1 : 0)}`;
  const text = Math.abs(100 * change).toFixed(1);
  if (text === "0.0") return "±0 %";
  return `${change < 0 ? "−" : "+"}${text} %`;
}
