/** @file The points of a sweep in words and as a table. */
import type { Axis } from "../../../model/benchmark/sweep.ts";
import type { ChartPoint, ChartTable, TableRow } from "../../chart/types.ts";
import { knownOf, rangeOf } from "./chartValues.ts";
import { axisLabel, pointName, valueText } from "./fields.ts";
import { type Metric, metrics } from "./metrics.ts";
import { isRefused, type Point } from "./points.ts";

/** What is shown on hover and read aloud of every point. */
export function pointLabels(points: readonly Point[], metric: Metric): readonly ChartPoint[] {
  return points.map((point) => {
    const name = pointName(point.values);
    if (isRefused(point)) {
      return { id: point.key, label: `${name}\nRefused: ${point.reason}`, isClosed: true };
    }
    const value = metric.of(point);
    const ratio = point.result?.ratio;
    const interval =
      metric === metrics.ratio && ratio
        ? `\n95 % interval ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`
        : "";
    const what = value === undefined ? "not measured" : metric.text(value);
    return { id: point.key, label: `${name}\n${what}${interval}` };
  });
}

/** The metric over the points: its ends, and what is missing. */
export function sweepSummary(points: readonly Point[], metric: Metric): string {
  const known = points.filter((point) => knownOf(point, metric) !== undefined);
  const refused = points.filter(isRefused).length;
  const waiting = points.length - known.length - refused;
  const range = rangeOf(points, metric);
  const parts: string[] = [];
  if (range) {
    const at = (wanted: number) => {
      const point = known.find((candidate) => knownOf(candidate, metric) === wanted);
      return point ? `${metric.text(wanted)} at ${pointName(point.values)}` : "";
    };
    parts.push(
      range[0] === range[1]
        ? `${metric.text(range[0])} at every point.`
        : `From ${at(range[0])} to ${at(range[1])}.`,
    );
  }
  if (waiting > 0) parts.push(`${countOf(waiting, "point")} not measured yet.`);
  if (refused > 0) parts.push(`${countOf(refused, "point")} refused.`);
  return parts.join(" ");
}

/** Every point with all that is known of it. */
export function sweepTable(points: readonly Point[], axes: readonly Axis[]): ChartTable {
  const shown = ["params", "macs", "latency", "throughput", "ratio", "accuracy"] as const;
  return {
    columns: [
      ...axes.map(({ path }) => ({ label: axisLabel(path) })),
      ...shown.map((id) => ({ label: tableLabels[id] })),
      { label: "State", isText: true },
    ],
    rows: points.map((point): TableRow => {
      const values = axes.map(({ path }) => valueText(path, point.values[path] ?? Number.NaN));
      if (isRefused(point)) {
        const empty = shown.map(() => "");
        return { id: point.key, cells: [...values, ...empty, `refused: ${point.reason}`], isClosed: true };
      }
      const numbers = shown.map((id) => {
        const value = metrics[id].of(point);
        return value === undefined ? "" : metrics[id].short(value);
      });
      return { id: point.key, cells: [...values, ...numbers, point.result ? "measured" : "not measured"] };
    }),
  };
}

const tableLabels = {
  params: "Parameters",
  macs: "MACs",
  latency: "Latency, ms",
  throughput: "Images/s",
  ratio: "Time over unswept",
  accuracy: "Top-1, %",
} as const;

export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
