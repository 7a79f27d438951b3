/**
 * @file Sweeps: one or two fields of an architecture over ranges of values, and which of the results are worth having.
 * Pure; measuring the points is the caller's affair.
 */
import { editByPath } from "../architecture/edits.ts";
import type { Architecture, Issue } from "../architecture/schema.ts";

/** A field, by the path that edits take (`stages[*].tokenMixer.bandKernelSize`), and the values that it goes through. */
export interface Axis {
  readonly path: string;
  readonly values: readonly number[];
}

/** The values of the swept fields, by path. */
export type SweepValues = Readonly<Record<string, number>>;

/** One combination of values: the network that it gives, or why there is none. */
export type SweepPoint =
  | { readonly values: SweepValues; readonly architecture: Architecture }
  | { readonly values: SweepValues; readonly issues: readonly Issue[] };

/** Most values of one axis. */
const longestAxis = 1000;

/**
 * Reads `path=values`. Values are a list (`3,7,11`), in which fractions may stand (`1/16,1/8`), or a range with a step
 * (`3..31:2`, both ends included; the step is 1 where absent).
 * @throws RangeError with a sentence that says what is wrong.
 */
export function parseAxis(text: string): Axis {
  const at = text.indexOf("=");
  const path = text.slice(0, Math.max(0, at)).trim();
  if (path === "") {
    throw new RangeError(
      `A field to sweep is written path=values, as stages[*].depth=2,3,4; this is not: ${text}`,
    );
  }
  return { path, values: parseValues(text.slice(at + 1)) };
}

/** Reads the values of an axis, as {@link parseAxis} does; each is kept once. @throws RangeError */
export function parseValues(text: string): readonly number[] {
  const range = /^\s*([^.,:]+(?:\.\d+)?)\.\.([^:,]+)(?::(.+))?$/.exec(text);
  const values = range ? span(range) : text.split(",").map(numberOf);
  if (values.length > longestAxis) {
    throw new RangeError(`That is ${values.length} values; an axis has at most ${longestAxis}.`);
  }
  return [...new Set(values)];
}

/** Every combination, the last axis fastest; one that the schema refuses carries the reasons. */
export function sweepPoints(architecture: Architecture, axes: readonly Axis[]): readonly SweepPoint[] {
  return combinations(axes).map((values): SweepPoint => {
    let swept = architecture;
    const issues: Issue[] = [];
    for (const [path, value] of Object.entries(values)) {
      const edited = editByPath(swept, path, value);
      if (edited.ok) swept = edited.value;
      else issues.push(...edited.issues);
    }
    return issues.length > 0 ? { values, issues } : { values, architecture: swept };
  });
}

/**
 * The points that no other beats: none costs as little or less at as much quality or more, with one of the two better.
 * Cheapest first; of points that are equal in both, the first.
 */
export function paretoFront<Point>(
  points: readonly Point[],
  cost: (point: Point) => number,
  quality: (point: Point) => number,
): readonly Point[] {
  const sorted = [...points].sort((a, b) => cost(a) - cost(b) || quality(b) - quality(a));
  let best = Number.NEGATIVE_INFINITY;
  return sorted.filter((point) => {
    if (!(quality(point) > best)) return false;
    best = quality(point);
    return true;
  });
}

function combinations(axes: readonly Axis[]): readonly SweepValues[] {
  const [first, ...rest] = axes;
  if (!first) return [{}];
  const inner = combinations(rest);
  return first.values.flatMap((value) => inner.map((values) => ({ [first.path]: value, ...values })));
}

function span([, from = "", to = "", by = "1"]: readonly string[]): readonly number[] {
  const [start, end, step] = [numberOf(from), numberOf(to), numberOf(by)];
  if (step <= 0) throw new RangeError(`The step of a range must be above 0, not ${by.trim()}.`);
  if (end < start) throw new RangeError(`A range goes upwards; ${from.trim()} lies above ${to.trim()}.`);
  const count = Math.floor((end - start) / step + 1e-9) + 1;
  if (count > longestAxis) {
    throw new RangeError(`That is ${count} values; an axis has at most ${longestAxis}.`);
  }
  return Array.from({ length: count }, (_, index) => Number((start + index * step).toPrecision(12)));
}

function numberOf(text: string): number {
  const [, numerator = "", denominator] = /^\s*([^/]+?)\s*(?:\/\s*([^/]+?)\s*)?$/.exec(text) ?? [];
  const value = plain(numerator) / (denominator === undefined ? 1 : plain(denominator));
  if (!Number.isFinite(value)) {
    throw new RangeError(text.trim() === "" ? "A value is missing." : `${text.trim()} is not a number.`);
  }
  return value;
}

function plain(text: string): number {
  return text === "" ? Number.NaN : Number(text);
}
