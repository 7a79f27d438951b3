/** @file Time by kind of operation, drawn, as a table and in words. */
import * as Plot from "@observablehq/plot";
import { formatCount, formatShare } from "../../../editor/format.ts";
import type { OperatorTime } from "../../../model/analysis/roofline.ts";
import { base, gridX, ink } from "../../chart/style.ts";
import type { ChartPoint, ChartTable } from "../../chart/types.ts";
import { milliseconds, textOf } from "../../words/format.ts";
import { sumOf } from "./sumOf.ts";

/** One bar a kind, the longest on top, with its share of the time and of the MACs. */
export function operatorPlot(byOperator: readonly OperatorTime[]): (width: number) => Plot.PlotOptions {
  const total = sumOf(byOperator, ({ ms }) => ms);
  const macs = sumOf(byOperator, (one) => one.macs);
  const words = ({ ms, macs: own }: OperatorTime) =>
    `${textOf(milliseconds(ms))} · ${formatShare(ms / total)} of time, ${formatShare(own / macs)} of MACs`;
  const longest = byOperator[0]?.ms ?? 0;
  return (width) => {
    const left = 138;
    return {
      ...base(width),
      height: byOperator.length * 44 + 30,
      marginLeft: left,
      marginRight: 16,
      marginTop: 4,
      marginBottom: 26,
      x: {
        domain: [0, longest],
        nice: true,
        label: null,
        ticks: Math.max(3, (width - left) / 80),
        tickFormat: (value: number) => (value === 0 ? "0 ms" : String(value)),
      },
      y: { domain: byOperator.map(({ operator }) => operator), label: null, tickSize: 0, padding: 0 },
      marks: [
        gridX(Math.max(3, (width - left) / 80)),
        Plot.barX(byOperator, {
          className: "points",
          x: "ms",
          y: "operator",
          fill: ink.bar,
          insetTop: 8,
          insetBottom: 20,
          rx: 2,
        }),
        Plot.text(byOperator, {
          y: "operator",
          x: 0,
          text: words,
          textAnchor: "start",
          dx: 4,
          dy: 12,
          fill: ink.label,
        }),
      ],
    };
  };
}

export function operatorPoints(byOperator: readonly OperatorTime[]): readonly ChartPoint[] {
  return byOperator.map(({ operator, ms, count }) => ({
    id: operator,
    label: `${operator}\n${textOf(milliseconds(ms))} in ${count} ${count === 1 ? "operation" : "operations"}`,
    isClosed: true,
  }));
}

export function operatorTable(byOperator: readonly OperatorTime[]): ChartTable {
  const total = sumOf(byOperator, ({ ms }) => ms);
  const allMacs = sumOf(byOperator, ({ macs }) => macs);
  return {
    columns: [
      { label: "Kind", isText: true },
      ...["Operations", "ms", "Share of time", "MACs", "Share of MACs", "MACs a byte"].map((label) => ({
        label,
      })),
    ],
    rows: byOperator.map(({ operator, count, ms, macs, bytes }) => ({
      id: operator,
      cells: [
        operator,
        String(count),
        ms.toFixed(3),
        formatShare(ms / total),
        formatCount(macs),
        formatShare(macs / allMacs),
        (macs / bytes).toFixed(2),
      ],
      isClosed: true,
    })),
  };
}

export function operatorSummary(byOperator: readonly OperatorTime[]): string {
  const total = sumOf(byOperator, ({ ms }) => ms);
  const parts = byOperator.map(
    ({ operator, ms }) => `${operator} ${textOf(milliseconds(ms))}, ${formatShare(ms / total)}`,
  );
  return `${parts.join("; ")}.`;
}
