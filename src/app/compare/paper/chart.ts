/** @file Throughput of every published network relative to one of them: as published, and as measured here. */
import * as Plot from "@observablehq/plot";
import { type PaperFigures, paperFigures } from "../../../model/benchmark/paperFigures.ts";
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";
import { base, gridX, ink } from "../../chart/style.ts";
import type { ChartTable, LegendEntry } from "../../chart/types.ts";
import { publishedName, ratioIn, type SpeedRatio } from "./paper.ts";

export interface RelativeRow {
  readonly name: string;
  readonly published: number;
  readonly here: SpeedRatio | undefined;
}

/** Of every published network, over `over`. `records` newest first; a network stands with the newest run that has both. */
export function relativeRows(
  records: readonly BenchmarkRecord[],
  over: PaperFigures,
): readonly RelativeRow[] {
  return paperFigures
    .filter(({ id }) => id !== over.id)
    .map((figures) => {
      const ratios = records.flatMap((record) => ratioIn(record, figures, over) ?? []);
      return {
        name: publishedName(figures),
        published: figures.imagesPerSecond / over.imagesPerSecond,
        here: ratios[0],
      };
    });
}

export function relativePlot(rows: readonly RelativeRow[]): (width: number) => Plot.PlotOptions {
  const shown = rows.flatMap((row) => [row.published, ...(row.here ? [row.here.low, row.here.high] : [])]);
  const domain = [Math.min(1, ...shown) / 1.15, Math.max(1, ...shown) * 1.15] as const;
  const ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10].filter((tick) => tick >= domain[0] && tick <= domain[1]);
  const measured = rows.flatMap(({ name, here }) => (here ? [{ name, ...here }] : []));
  return (width) => ({
    ...base(width),
    height: rows.length * 24 + 46,
    marginLeft: 122,
    marginRight: 16,
    marginTop: 6,
    marginBottom: 40,
    x: {
      type: "log",
      domain,
      label: "Images a second in inference, relative",
      labelArrow: "none",
      labelAnchor: "center",
      ticks,
      tickFormat: (value: number) => `${value}×`,
    },
    y: { type: "point", domain: rows.map(({ name }) => name), label: null, tickSize: 0, padding: 0.6 },
    marks: [
      gridX(ticks),
      Plot.ruleX([1], { stroke: ink.line, strokeDasharray: "4 3" }),
      Plot.ruleY(measured, {
        y: "name",
        x1: "low",
        x2: "high",
        stroke: ink.accent,
        strokeWidth: 2,
        strokeOpacity: 0.5,
      }),
      Plot.dot(rows, { x: "published", y: "name", r: 5, stroke: ink.muted, strokeWidth: 1.5 }),
      Plot.dot(measured, { x: "median", y: "name", r: 3.5, fill: ink.accent }),
    ],
  });
}

export const relativeLegend: readonly LegendEntry[] = [
  { label: "published, on an NVIDIA A100", color: ink.muted, shape: "ring" },
  { label: "measured here, with its 95 % interval", color: ink.accent, shape: "circle" },
];

export function relativeTable(rows: readonly RelativeRow[]): ChartTable {
  return {
    columns: [
      { label: "Network", isText: true },
      { label: "Published" },
      { label: "Measured here" },
      { label: "95 % interval" },
    ],
    rows: rows.map(({ name, published: there, here }) => ({
      id: name,
      cells: [
        name,
        `${there.toFixed(2)}×`,
        here ? `${here.median.toFixed(2)}×` : "",
        here ? `${here.low.toFixed(2)} to ${here.high.toFixed(2)}` : "",
      ],
    })),
  };
}

export function relativeSummary(rows: readonly RelativeRow[], over: PaperFigures): string {
  const measured = rows.filter(({ here }) => here);
  const apart = measured.filter(
    ({ here, published: there }) => here && (there < here.low || there > here.high),
  );
  const own =
    measured.length === 0
      ? "None of them is measured here yet."
      : `${measured.length} of ${rows.length} are measured here; of ${measured.length - apart.length} the published ratio lies within the interval.`;
  return `Throughput relative to ${publishedName(over)}, published and measured here. ${own}`;
}
