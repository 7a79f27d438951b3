/** @file What the drawings of a sweep are made of: the metric of its points, and room around it. */

import type { Metric } from "./metrics.ts";
import { isRefused, type Point } from "./points.ts";

/** What a drawing of one metric over the fields shows. */
export interface FieldChart {
  readonly points: readonly Point[];
  readonly metric: Metric;
  /** The metric of the unswept network, where it is known. */
  readonly unswept: number | undefined;
}

/** The metric of a point; undefined where it is refused or waits. */
export function knownOf(point: Point, metric: Metric): number | undefined {
  return isRefused(point) ? undefined : metric.of(point);
}

/** The metric of every point that has it. */
export function valuesOf(points: readonly Point[], metric: Metric): readonly number[] {
  return points.flatMap((point) => knownOf(point, metric) ?? []);
}

/** Least and most of the metric; undefined where nothing has it. */
export function rangeOf(points: readonly Point[], metric: Metric): readonly [number, number] | undefined {
  const values = valuesOf(points, metric);
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : undefined;
}

/** A domain with some room around the values. */
export function roomFor(values: readonly (number | undefined)[]): readonly [number, number] {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const room = high > low ? 0.08 * (high - low) : 0.1 * Math.abs(high) || 1;
  return [low - room, high + room];
}
