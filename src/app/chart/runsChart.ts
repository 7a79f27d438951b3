/** @file Every counted run as a dot on one axis of milliseconds: what a median leaves out. */
import * as Plot from "@observablehq/plot";
import type { LatencyStatistics } from "../../model/engine/api.ts";
import { milliseconds, textOf } from "../words/format.ts";
import { base, gridX, ink } from "./style.ts";
import { decadeTicks } from "./ticks.ts";
import type { ChartTable } from "./types.ts";

type Result = Pick<LatencyStatistics, "name" | "samplesMs" | "medianMs">;

const laneHeight = 40;
const axisHeight = 22;

/** The runs of each variant in words. */
export function runsSummary(results: readonly Result[]): string {
  const of = ({ name, samplesMs, medianMs }: Result) =>
    `${name}: ${samplesMs.length} runs from ${ms(Math.min(...samplesMs))} to ${ms(Math.max(...samplesMs))}, median ${ms(medianMs)}`;
  return `${results.map(of).join(". ")}.${liesFarApart(results) ? " The axis is logarithmic." : ""}`;
}

/** Medians so many times apart have one of them pressed flat on a linear axis. */
const farApart = 8;

function liesFarApart(results: readonly Result[]): boolean {
  const medians = results.map(({ medianMs }) => medianMs);
  return Math.max(...medians) > farApart * Math.min(...medians);
}

/** One row a round. */
export function runsTable(results: readonly Result[]): ChartTable {
  const rounds = Math.max(0, ...results.map(({ samplesMs }) => samplesMs.length));
  return {
    columns: [{ label: "Run", isText: true }, ...results.map(({ name }) => ({ label: `${name}, ms` }))],
    rows: Array.from({ length: rounds }, (_, round) => ({
      id: String(round),
      cells: [String(round + 1), ...results.map(({ samplesMs }) => samplesMs[round]?.toFixed(2) ?? "")],
    })),
  };
}

/** One lane a variant, the median marked; neighbours stand a little higher or lower, so that none hides. */
export function runsPlot(results: readonly Result[]): (width: number) => Plot.PlotOptions {
  const lanes = results.map(({ name }) => name);
  const runs = results.flatMap(({ name, samplesMs }) =>
    samplesMs.map((x, run) => ({ name, x, y: ((run * 3) % 5) - 2 })),
  );
  const colorOf = ({ name }: { readonly name: string }) => (name === lanes[0] ? ink.accent : ink.plain);
  const lane = { fy: "name" } as const;
  const all = runs.map(({ x }) => x);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const isLogarithmic = liesFarApart(results);
  return (width) => {
    const ticks = isLogarithmic ? decadeTicks(least / 1.2, most * 1.2) : Math.max(3, width / 80);
    return {
      ...base(width),
      height: results.length * laneHeight + axisHeight,
      marginLeft: 14,
      marginRight: 14,
      marginTop: 0,
      marginBottom: axisHeight,
      x: {
        ...(isLogarithmic
          ? { type: "log", domain: [least / 1.2, most * 1.2] }
          : { type: "linear", zero: true, nice: true }),
        label: null,
        ticks,
        tickFormat: (tick: number, index: number) => (index === 0 ? `${tick} ms` : String(tick)),
      },
      // The dots stand in the lower half of a lane, under the name.
      y: { axis: null, domain: [-5, 13] },
      fy: { axis: null, domain: lanes, padding: 0 },
      marks: [
        gridX(ticks),
        Plot.dot(runs, { ...lane, x: "x", y: "y", r: 3, fill: colorOf, fillOpacity: 0.45 }),
        Plot.tickX(results, {
          ...lane,
          x: "medianMs",
          stroke: colorOf,
          strokeWidth: 2,
          insetTop: 20,
          insetBottom: 3,
        }),
        Plot.text(results, {
          ...lane,
          text: "name",
          frameAnchor: "top-left",
          dx: -14,
          dy: 3,
          fill: ink.label,
          textOverflow: "ellipsis",
          lineWidth: width / 11,
        }),
      ],
    };
  };
}

function ms(value: number): string {
  return textOf(milliseconds(value));
}
