/** @file The drawing of the Pareto front. */
import * as Plot from "@observablehq/plot";
import { base, gridX, gridY, ink } from "../../chart/style.ts";
import type { LegendEntry } from "../../chart/types.ts";
import { roomFor } from "./chartValues.ts";
import type { FrontPoint } from "./front.ts";

/** Latency against what it buys; a line through the points that no other beats. */
export function frontPlot(
  points: readonly FrontPoint[],
  quality: { readonly unit: string; readonly short: (value: number) => string },
): (width: number) => Plot.PlotOptions {
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
