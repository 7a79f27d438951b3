/** @file Measures the points of a sweep one by one, each in turn with the unswept network, and keeps what is done. */
import type { Architecture } from "../../../model/architecture/schema.ts";
import type { Measurement, MeasureRequest, OnProgress } from "../../../model/engine/api.ts";
import { problemOf } from "../../engine/errors.ts";
import type { SweepEngine } from "../../engine/tasks.ts";
import { pointName } from "./fields.ts";
import type { SweepResult } from "./kept.ts";
import type { NetworkPoint } from "./points.ts";

export interface SweepRun {
  /** The unswept network. */
  readonly architecture: Architecture;
  readonly points: readonly NetworkPoint[];
  readonly batch: number;
  readonly runs: number;
  readonly hasAccuracy: boolean;
  /** Told once, before the points, where accuracies are wanted. */
  readonly onUnsweptAccuracy: (top1: number) => void;
  readonly onResult: (key: string, result: SweepResult) => void;
  /** The device cannot run this point; the sweep goes on. */
  readonly onRefused: (key: string, reason: string) => void;
  /** Clock in milliseconds. */
  readonly now?: () => number;
}

/** Rounds before the counted ones: the first compiles, the second fills caches. */
const warmup = 2;

const names = { point: "point", unswept: "unswept" } as const;

/** Ends when every point is done. @throws What ends the whole sweep: cancelled, the engine lost. */
export async function runSweep(
  {
    architecture,
    points,
    batch,
    runs,
    hasAccuracy,
    onUnsweptAccuracy,
    onResult,
    onRefused,
    now = () => performance.now(),
  }: SweepRun,
  engine: SweepEngine,
  tell: OnProgress,
): Promise<void> {
  if (hasAccuracy) {
    tell(0, "the unswept network's accuracy");
    onUnsweptAccuracy((await engine.accuracy(architecture)).top1);
  }
  const start = now();
  for (const [done, point] of points.entries()) {
    tell(done / points.length, progressText(point, done, points.length, now() - start));
    try {
      const result =
        point.result ?? resultOf(await engine.measure(requestOf(point, architecture, batch, runs)));
      const accuracy = hasAccuracy ? (await engine.accuracy(point.architecture)).top1 : undefined;
      onResult(point.key, accuracy === undefined ? result : { ...result, accuracy });
    } catch (error) {
      const { code, message } = problemOf(error);
      if (code !== "overLimits" && code !== "badInput") throw error;
      onRefused(point.key, message);
    }
  }
}

/** As `Band kernel 7, 3 of 8, about 2 min left`. */
export function progressText(
  { values }: Pick<NetworkPoint, "values">,
  done: number,
  total: number,
  elapsedMs: number,
): string {
  const place = `${pointName(values)} · ${done + 1} of ${total}`;
  return done === 0 ? place : `${place} · ${timeLeft((elapsedMs / done) * (total - done))}`;
}

function timeLeft(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`;
  const minutes = seconds / 60;
  return minutes < 90 ? `about ${Math.round(minutes)} min left` : `about ${(minutes / 60).toFixed(1)} h left`;
}

function requestOf(point: NetworkPoint, unswept: Architecture, batch: number, runs: number): MeasureRequest {
  return {
    variants: [
      { name: names.point, architecture: point.architecture },
      { name: names.unswept, architecture: unswept },
    ],
    batch,
    runs,
    warmup,
    isWallTimeOnly: true,
  };
}

function resultOf({ results, ratios }: Measurement): SweepResult {
  const point = results.find(({ name }) => name === names.point);
  const unswept = results.find(({ name }) => name === names.unswept);
  const [ratio] = ratios;
  if (!point || !unswept || !ratio) throw new Error("The measurement lacks a network.");
  const { median, low, high, rounds } = ratio;
  return {
    medianMs: point.medianMs,
    p90Ms: point.p90Ms,
    imagesPerSecond: point.imagesPerSecond,
    unsweptMs: unswept.medianMs,
    ratio: { median, low, high, rounds },
  };
}
