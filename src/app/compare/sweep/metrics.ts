/** @file What a sweep can show of its points: counted, measured, or both put together. */
import { formatExact } from "../../../editor/format.ts";
import { networkCostOf } from "../../../editor/store/derived.ts";
import { count, milliseconds, percent, perSecond, textOf } from "../../words/format.ts";
import type { NetworkPoint } from "./points.ts";

export const metricIds = [
  "ratio",
  "latency",
  "throughput",
  "params",
  "macs",
  "activations",
  "accuracy",
] as const;
export type MetricId = (typeof metricIds)[number];

export interface Metric {
  readonly label: string;
  /** Written at the axis. */
  readonly unit: string;
  readonly isLessBetter: boolean;
  /** Known for every network without running it. */
  readonly isCounted: boolean;
  /** Undefined where it has not been measured. */
  readonly of: (point: NetworkPoint) => number | undefined;
  /** With its unit, in words. */
  readonly text: (value: number) => string;
  /** Short, for a cell of a heat map. */
  readonly short: (value: number) => string;
}

const costOf = ({ architecture }: NetworkPoint) => networkCostOf(architecture).total;

export const metrics: Readonly<Record<MetricId, Metric>> = {
  ratio: {
    label: "Relative time",
    unit: "× the unswept network's time",
    isLessBetter: true,
    isCounted: false,
    of: ({ result }) => result?.ratio.median,
    text: (value) => `${value.toFixed(2)} × the unswept network's time`,
    short: (value) => `${value.toFixed(2)}×`,
  },
  latency: {
    label: "Latency",
    unit: "ms",
    isLessBetter: true,
    isCounted: false,
    of: ({ result }) => result?.medianMs,
    text: (value) => textOf(milliseconds(value)),
    short: (value) => textOf(milliseconds(value)).split("\u2009")[0] ?? "",
  },
  throughput: {
    label: "Throughput",
    unit: "images/s",
    isLessBetter: false,
    isCounted: false,
    of: ({ result }) => result?.imagesPerSecond,
    text: (value) => textOf(perSecond(value)),
    short: (value) => textOf(perSecond(value)).split("\u2009")[0] ?? "",
  },
  params: {
    label: "Parameters",
    unit: "parameters",
    isLessBetter: true,
    isCounted: true,
    of: (point) => costOf(point).params,
    text: (value) => `${formatExact(value)} parameters`,
    short: (value) => textOf(count(value)),
  },
  macs: {
    label: "MACs",
    unit: "MACs an image",
    isLessBetter: true,
    isCounted: true,
    of: (point) => costOf(point).macs,
    text: (value) => `${textOf(count(value))} MACs`,
    short: (value) => textOf(count(value)),
  },
  activations: {
    label: "Activations",
    unit: "activations an image",
    isLessBetter: true,
    isCounted: true,
    of: (point) => costOf(point).activations,
    text: (value) => `${textOf(count(value))} activations`,
    short: (value) => textOf(count(value)),
  },
  accuracy: {
    label: "Accuracy",
    unit: "top-1, %",
    isLessBetter: false,
    isCounted: false,
    of: ({ result }) => result?.accuracy,
    text: (value) => `${textOf(percent(value))} top-1`,
    short: (value) => (100 * value).toFixed(1),
  },
};
