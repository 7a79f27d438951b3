/** @file The drawing of a sweep over two fields. */
import * as Plot from "@observablehq/plot";
import { verdictOf } from "../../../model/benchmark/statistics.ts";
import type { Axis } from "../../../model/benchmark/sweep.ts";
import { base, heat, ink } from "../../chart/style.ts";
import type { LegendEntry } from "../../chart/types.ts";
import { type FieldChart, knownOf, valuesOf } from "./chartValues.ts";
import { axisLabel, valueText } from "./fields.ts";
import { type HeatScaleKind, heatScale } from "./heatScale.ts";
import { type Metric, metrics } from "./metrics.ts";
import { isRefused, type Point } from "./points.ts";

/** One cell a point, deeper for more. A number is bold where the point's time surely differs from the unswept network's. */
export function heatPlot(
  [across, up]: readonly [Axis, Axis],
  { points, metric }: FieldChart,
): (width: number) => Plot.PlotOptions {
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

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}
