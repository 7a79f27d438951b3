/** @file The drawings of a sweep: a line for one field, a heat map for two, the Pareto front. */
import * as Plot from "@observablehq/plot";
import { verdictOf } from "../../../model/benchmark/statistics.ts";
import type { Axis } from "../../../model/benchmark/sweep.ts";
import { base, gridX, gridY, heat, ink } from "../chart/style.ts";
import type { LegendEntry } from "../chart/types.ts";
import { axisLabel, valueText } from "./fields.ts";
import type { FrontPoint } from "./front.ts";
import { type HeatScaleKind, heatScale } from "./heatScale.ts";
import { type Metric, metrics } from "./metrics.ts";
import { isRefused, type Point } from "./points.ts";

type Draw = (width: number) => Plot.PlotOptions;

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

/** A line over the values of one field. What has no value stands at the foot: a cross for refused, a ring for waiting. */
export function linePlot({ path, values }: Axis, { points, metric, unswept }: FieldChart): Draw {
  const hasInterval = metric === metrics.ratio;
  const drawn = points.map((point) => {
    const y = knownOf(point, metric);
    const ratio = !isRefused(point) && hasInterval ? point.result?.ratio : undefined;
    return { x: point.values[path], y, low: ratio?.low, high: ratio?.high, isRefused: isRefused(point) };
  });
  const known = drawn.filter(({ y }) => y !== undefined);
  const [bottom, top] = roomFor([
    ...known.flatMap(({ y, low, high }) => [y, low, high]),
    ...(known.length > 0 ? [unswept] : []),
  ]);
  return (width) => {
    const everyTick = values.length <= Math.max(2, (width - 70) / 34);
    return {
      ...base(width),
      height: Math.min(340, Math.max(220, width * 0.45)),
      marginLeft: 56,
      marginRight: 58,
      marginTop: 26,
      marginBottom: 40,
      x: {
        label: axisLabel(path),
        labelArrow: "none",
        labelAnchor: "center",
        inset: 12,
        ...(everyTick && { ticks: values }),
        tickFormat: (value: number) => valueText(path, value),
      },
      y: {
        domain: [bottom, top],
        label: metric.unit,
        labelArrow: "none",
        ...(known.length === 0 && { axis: null }),
        ticks: 5,
        tickFormat: (value: number) => metric.short(value),
      },
      marks: [
        ...(known.length > 0 ? [gridY(5)] : []),
        ...(unswept === undefined || known.length === 0 ? [] : unsweptLine(unswept)),
        Plot.ruleX(known, {
          x: "x",
          y1: "low",
          y2: "high",
          stroke: ink.accent,
          strokeOpacity: 0.45,
          strokeWidth: 2,
        }),
        Plot.line(known, { x: "x", y: "y", stroke: ink.accent, strokeWidth: 1.5 }),
        Plot.dot(drawn, {
          className: "points",
          x: "x",
          y: ({ y }) => y ?? bottom,
          r: 4.5,
          symbol: ({ isRefused: refused }: { isRefused: boolean }) => (refused ? "times" : "circle"),
          fill: ({ y, isRefused: refused }) =>
            refused ? "none" : y === undefined ? ink.surface : ink.accent,
          stroke: ({ isRefused: refused, y }) =>
            refused ? ink.muted : y === undefined ? ink.muted : ink.accent,
        }),
      ],
    };
  };
}

/** What the bars through the points are; nothing where there are none. */
export function lineLegend({ points, metric }: FieldChart): readonly LegendEntry[] {
  const hasInterval = metric === metrics.ratio && points.some((point) => !isRefused(point) && point.result);
  if (!hasInterval) return [];
  return [
    { label: "median", color: ink.accent, shape: "circle" },
    { label: "95 % interval", color: ink.accent, shape: "bar" },
  ];
}

function unsweptLine(value: number): Plot.Markish[] {
  return [
    Plot.ruleY([value], { stroke: ink.line, strokeDasharray: "4 3" }),
    Plot.text([value], {
      y: (unswept: number) => unswept,
      text: () => "unswept",
      frameAnchor: "right",
      textAnchor: "start",
      dx: 6,
      fill: ink.label,
    }),
  ];
}

/** One cell a point, deeper for more. A number is bold where the point's time surely differs from the unswept network's. */
export function heatPlot([across, up]: readonly [Axis, Axis], { points, metric }: FieldChart): Draw {
  const scale = heatScale(valuesOf(points, metric));
  const columns = ascending(across.values);
  const rows = ascending(up.values);
  const cells = points.map((point) => {
    const value = knownOf(point, metric);
    return {
      x: point.values[across.path],
      y: point.values[up.path],
      color: value === undefined ? ink.surface : heat(scale?.share(value) ?? 0),
      text: value !== undefined ? metric.short(value) : isRefused(point) ? "×" : "",
      isDecided: isDecided(point, metric),
    };
  });
  const longest = Math.max(...cells.map(({ text }) => text.length));
  return (width) => {
    const cell = (width - 64 - 8) / columns.length;
    const hasText = cell > 6.4 * longest + 4;
    const every = Math.ceil(30 / cell);
    const texts = [
      { fontWeight: 450, shown: cells.filter((one) => !one.isDecided) },
      { fontWeight: 700, shown: cells.filter((one) => one.isDecided) },
    ];
    return {
      ...base(width),
      height: 48 + rows.length * Math.min(36, Math.max(20, cell)),
      marginLeft: 64,
      marginRight: 8,
      marginTop: 8,
      marginBottom: 40,
      x: {
        type: "band",
        domain: columns,
        label: axisLabel(across.path),
        labelArrow: "none",
        labelAnchor: "center",
        ticks: columns.filter((_, index) => index % every === 0),
        tickFormat: (value: number) => valueText(across.path, value),
        tickSize: 0,
        padding: 0.06,
      },
      y: {
        type: "band",
        domain: [...rows].reverse(),
        label: axisLabel(up.path),
        labelArrow: "none",
        tickFormat: (value: number) => valueText(up.path, value),
        tickSize: 0,
        padding: 0.06,
      },
      marks: [
        Plot.cell(cells, {
          className: "points",
          x: "x",
          y: "y",
          fill: "color",
          stroke: "var(--border-default)",
          strokeOpacity: ({ color }) => (color === ink.surface ? 1 : 0),
          rx: 3,
        }),
        ...(hasText
          ? texts.map(({ fontWeight, shown }) =>
              Plot.text(shown, {
                x: "x",
                y: "y",
                text: "text",
                fontWeight,
                fill: "var(--text-primary)",
                ariaHidden: "true",
                pointerEvents: "none",
              }),
            )
          : []),
      ],
    };
  };
}

const scaleNames: Readonly<Record<HeatScaleKind, string>> = {
  linear: "Linear scale:",
  logarithmic: "Logarithmic scale:",
  rank: "Coloured by rank:",
};

/** What the palest, the middle and the deepest colour of a heat map stand for, and on which scale. */
export function heatLegend({ points, metric }: FieldChart): readonly LegendEntry[] {
  const scale = heatScale(valuesOf(points, metric));
  if (!scale) return [];
  const [low, middle, high] = scale.marks;
  const isAnyDecided = points.some((point) => isDecided(point, metric));
  return [
    { label: scaleNames[scale.kind], color: ink.label, shape: "none" },
    { label: metric.short(low), color: heat(0), shape: "square" },
    { label: metric.short(middle), color: heat(0.5), shape: "square" },
    { label: metric.text(high), color: heat(1), shape: "square" },
    ...(isAnyDecided
      ? [{ label: "In bold: the 95 % interval excludes 1×", color: ink.label, shape: "none" } as const]
      : []),
  ];
}

/** Whether a relative time surely differs from 1. */
function isDecided(point: Point, metric: Metric): boolean {
  if (metric !== metrics.ratio || isRefused(point) || !point.result) return false;
  return verdictOf(point.result.ratio) !== "undecided";
}

/** Latency against what it buys; a line through the points that no other beats. */
export function frontPlot(
  points: readonly FrontPoint[],
  quality: { readonly unit: string; readonly short: (value: number) => string },
): Draw {
  const front = points.filter(({ isOnFront }) => isOnFront).sort((a, b) => a.cost - b.cost);
  const [left, right] = roomFor(points.map(({ cost }) => cost));
  const [bottom, top] = roomFor(points.map(({ shown }) => shown));
  return (width) => ({
    ...base(width),
    height: Math.min(400, Math.max(260, width * 0.5)),
    marginLeft: 56,
    marginRight: 16,
    marginTop: 26,
    marginBottom: 40,
    x: {
      domain: [left, right],
      label: "Latency, × the unswept network's",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: Math.max(3, width / 110),
      tickFormat: (value: number) => `${Number(value.toFixed(3))}×`,
    },
    y: {
      domain: [bottom, top],
      label: quality.unit,
      labelArrow: "none",
      ticks: 5,
      tickFormat: quality.short,
    },
    marks: [
      gridX(Math.max(3, width / 110)),
      gridY(5),
      Plot.line(front, { x: "cost", y: "shown", stroke: ink.accent, strokeWidth: 1.5, curve: "step-after" }),
      Plot.dot(points, {
        className: "points",
        x: "cost",
        y: "shown",
        r: 4.5,
        symbol: ({ isUnswept }: FrontPoint) => (isUnswept ? "diamond" : "circle"),
        fill: frontFill,
        stroke: (point: FrontPoint) => (frontFill(point) === ink.surface ? ink.muted : frontFill(point)),
        // What matters is drawn last, above the others.
        sort: ({ isUnswept, isOnFront }: FrontPoint) => Number(isOnFront) + 2 * Number(isUnswept),
      }),
    ],
  });
}

function frontFill({ isUnswept, isOnFront }: FrontPoint): string {
  if (isUnswept) return ink.label;
  return isOnFront ? ink.accent : ink.surface;
}

export function frontLegend(isLessBetter: boolean): readonly LegendEntry[] {
  return [
    { label: "no other beats it", color: ink.accent, shape: "circle" },
    { label: "another beats it", color: ink.muted, shape: "ring" },
    { label: "the unswept network", color: ink.label, shape: "diamond" },
    { label: `Better: left and ${isLessBetter ? "down" : "up"}`, color: ink.label, shape: "none" },
  ];
}

function valuesOf(points: readonly Point[], metric: Metric): readonly number[] {
  return points.flatMap((point) => knownOf(point, metric) ?? []);
}

/** Least and most of the metric; undefined where nothing has it. */
export function rangeOf(points: readonly Point[], metric: Metric): readonly [number, number] | undefined {
  const values = valuesOf(points, metric);
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : undefined;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
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
