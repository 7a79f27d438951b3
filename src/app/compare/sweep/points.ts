/** @file The points of a sweep as they stand: refused, waiting or measured. */
import type { Architecture } from "../../../model/architecture/schema.ts";
import { type Axis, parseValues, type SweepValues, sweepPoints } from "../../../model/benchmark/sweep.ts";
import { pathOf, pointKey } from "./fields.ts";
import type { AxisDraft, Measured, SweepResult } from "./kept.ts";

/** A point that is a network. */
export interface NetworkPoint {
  readonly key: string;
  readonly values: SweepValues;
  readonly architecture: Architecture;
  readonly result?: SweepResult;
}

export interface RefusedPoint {
  readonly key: string;
  readonly values: SweepValues;
  readonly reason: string;
}

export type Point = NetworkPoint | RefusedPoint;

export function isRefused(point: Point): point is RefusedPoint {
  return "reason" in point;
}

/** Most points of one sweep. */
export const mostPoints = 400;

export type Plan =
  | { readonly ok: true; readonly axes: readonly Axis[] }
  | { readonly ok: false; readonly problem: string };

/** The axes that were typed, or what is wrong with them. */
export function planOf(drafts: readonly AxisDraft[]): Plan {
  try {
    const axes = drafts.map(({ field, scope, values }) => ({
      path: pathOf(field, scope),
      values: parseValues(values),
    }));
    if (new Set(axes.map(({ path }) => path)).size < axes.length) {
      return { ok: false, problem: "Both fields are the same: choose another for the second." };
    }
    const count = axes.reduce((product, { values }) => product * values.length, 1);
    if (count > mostPoints) {
      return { ok: false, problem: `That is ${count} points; a sweep has at most ${mostPoints}.` };
    }
    return { ok: true, axes };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Every point of the sweep, with what is known of it; `measured` must be of this architecture. */
export function pointsOf(
  architecture: Architecture,
  axes: readonly Axis[],
  measured: Pick<Measured, "results" | "refused"> | undefined,
): readonly Point[] {
  return sweepPoints(architecture, axes).map((point): Point => {
    const { values } = point;
    const key = pointKey(values);
    if ("issues" in point) return { key, values, reason: point.issues[0]?.message ?? "Not a network" };
    const reason = measured?.refused[key];
    if (reason !== undefined) return { key, values, reason };
    const result = measured?.results[key];
    return { key, values, architecture: point.architecture, ...(result && { result }) };
  });
}

/** The points that are still to be measured; those without an accuracy too, where accuracies are wanted. */
export function waitingIn(points: readonly Point[], hasAccuracy: boolean): readonly NetworkPoint[] {
  return points.filter(
    (point): point is NetworkPoint =>
      !isRefused(point) &&
      (point.result === undefined || (hasAccuracy && point.result.accuracy === undefined)),
  );
}
