/** @file The drawing of a sweep over one field. */
import * as Plot from "@observablehq/plot";
import type { Axis } from "../../../model/benchmark/sweep.ts";
import { base, gridY, ink } from "../../chart/style.ts";
import type { LegendEntry } from "../../chart/types.ts";
import { type FieldChart, knownOf, roomFor } from "./chartValues.ts";
import { axisLabel, valueText } from "./fields.ts";
import { metrics } from "./metrics.ts";
import { isRefused } from "./points.ts";

/** A line over the values of one field. What has no value stands at the foot: a cross for refused, a ring for waiting. */
export function linePlot(
  { path, values }: Axis,
  { points, metric, unswept }: FieldChart,
): (width: number) => Plot.PlotOptions {
  const hasInterval = metric === metrics.ratio;
  const drawn = points.map((point) => {
    const y = knownOf(point, metric);
    const ratio = !isRefused(point) && hasInterval ? point.result?.ratio : undefined;
    return { x: point.values[path], y, low: ratio?.low, high: ratio?.high, isRefused: isRefused(point) };
  });
  const known = drawn.filter(({ y }) => y !== undefined);
  const [bottom, top] = lineDomain(
    known.map(({ y }) => y),
    known.flatMap(({ low, high }) => [low, high]),
    known.length > 0 ? unswept : undefined,
  );
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
          clip: true,
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

type Values = readonly (number | undefined)[];

/** Holds the medians, and the intervals as far as they do not press the medians flat: what is longer is cut off. */
export function lineDomain(
  medians: Values,
  intervals: Values,
  unswept: number | undefined,
): readonly [number, number] {
  const [low, high] = roomFor([...medians, unswept]);
  const most = 1.5 * (high - low);
  const ends = intervals.map((end) => end && Math.min(Math.max(end, low - most), high + most));
  return roomFor([...medians, unswept, ...ends]);
}
