/** @file The roofline, drawn and as a table. */
import * as Plot from "@observablehq/plot";
import { formatCount, formatShare } from "../../../editor/format.ts";
import type { Operator, Rates, Roofline, RooflineNode } from "../../../model/analysis/roofline.ts";
import { base, gridX, gridY, ink, seriesStyle } from "../../chart/style.ts";
import { decadeTicks } from "../../chart/ticks.ts";
import type { ChartPoint, ChartTable, LegendEntry } from "../../chart/types.ts";
import { milliseconds, textOf } from "../../words/format.ts";

/** Kinds that have MACs, in the order of their colours: those that every network has come first. */
const colored: readonly Operator[] = [
  "pointwise convolution",
  "depthwise convolution",
  "convolution",
  "fully connected",
];

function styleOf(operator: Operator) {
  const place = colored.indexOf(operator);
  return seriesStyle(place < 0 ? colored.length : place);
}

/** The operations that have a place on the roofline: those that multiply at all, in a time that the clock saw. */
export function multiplying(nodes: readonly RooflineNode[]): readonly RooflineNode[] {
  return nodes.filter(({ macs, ms }) => macs > 0 && ms > 0);
}

/** MACs a byte against MACs a second, both by powers of ten, under the roofs that were measured. */
export function rooflinePlot(
  { nodes, ridge }: Roofline,
  { macsPerSecond, bytesPerSecond }: Rates,
): (width: number) => Plot.PlotOptions {
  const dots = multiplying(nodes);
  const left = Math.min(...dots.map(({ intensity }) => intensity), ridge) / 1.8;
  const right = Math.max(...dots.map(({ intensity }) => intensity), ridge) * 1.8;
  const bottom = Math.min(...dots.map((dot) => dot.macsPerSecond), left * bytesPerSecond) / 1.6;
  const top = Math.max(...dots.map((dot) => dot.macsPerSecond), macsPerSecond) * 2.2;
  const roof = [
    { x: left, y: left * bytesPerSecond },
    { x: ridge, y: macsPerSecond },
    { x: right, y: macsPerSecond },
  ];
  const xTicks = decadeTicks(left, right);
  const yTicks = decadeTicks(bottom, top);
  return (width) => {
    const height = Math.min(440, Math.max(300, width * 0.62));
    return {
      ...base(width),
      height,
      marginLeft: 56,
      marginRight: 16,
      marginTop: 26,
      marginBottom: 40,
      x: {
        type: "log",
        domain: [left, right],
        label: "MACs a byte that is moved",
        labelArrow: "none",
        labelAnchor: "center",
        ticks: xTicks,
        tickFormat: tick,
      },
      y: {
        type: "log",
        domain: [bottom, top],
        label: "MACs a second",
        labelArrow: "none",
        ticks: yTicks,
        tickFormat: tick,
      },
      marks: [
        gridX(xTicks),
        gridY(yTicks),
        Plot.line(roof, { x: "x", y: "y", stroke: ink.line, strokeWidth: 2 }),
        Plot.ruleX([ridge], { y1: bottom, y2: macsPerSecond, stroke: ink.line, strokeDasharray: "2 3" }),
        Plot.text([{ x: right, y: macsPerSecond }], {
          x: "x",
          y: "y",
          text: () => `matrix product: ${formatCount(macsPerSecond)} MACs/s`,
          textAnchor: "end",
          dy: -14,
          fill: ink.label,
          stroke: ink.surface,
          strokeWidth: 3,
        }),
        Plot.text([{ x: left, y: left * bytesPerSecond }], {
          x: "x",
          y: "y",
          text: () => `memory: ${formatCount(bytesPerSecond)}B/s`,
          textAnchor: "start",
          dx: 10,
          dy: 12,
          fill: ink.label,
        }),
        Plot.dot(dots, {
          className: "points",
          x: "intensity",
          y: "macsPerSecond",
          r: 4.5,
          symbol: ({ operator }: RooflineNode) => styleOf(operator).shape,
          fill: ({ operator }: RooflineNode) => styleOf(operator).color,
          fillOpacity: 0.75,
        }),
      ],
    };
  };
}

export function rooflineLegend(nodes: readonly RooflineNode[]): readonly LegendEntry[] {
  const present = new Set(multiplying(nodes).map(({ operator }) => operator));
  return [...present]
    .sort((a, b) => colored.indexOf(a) - colored.indexOf(b))
    .map((operator) => ({ label: operator, ...styleOf(operator) }));
}

/** `leastMs`: below it the clock tells nothing. */
export function rooflinePoints(nodes: readonly RooflineNode[], leastMs: number): readonly ChartPoint[] {
  return multiplying(nodes).map((node) => ({
    id: node.id,
    label: `${node.id}\n${node.operator}, ${node.ms < leastMs ? `less than ${textOf(milliseconds(leastMs))}` : textOf(milliseconds(node.ms))}\n${formatCount(node.macsPerSecond)} MACs/s at ${ratio(node.intensity)} MACs a byte`,
  }));
}

/** Every timed operation, those without MACs too; a time that the clock cannot tell is said to be less than `leastMs`. */
export function rooflineTable(nodes: readonly RooflineNode[], leastMs: number): ChartTable {
  return {
    columns: [
      { label: "Layer", isText: true },
      { label: "Kind", isText: true },
      ...["ms", "MACs", "Bytes", "MACs a byte", "MACs/s", "Of what the roof allows"].map((label) => ({
        label,
      })),
      { label: "Bound by", isText: true },
    ],
    rows: nodes.map((node) => ({
      id: node.id,
      cells: [
        node.id,
        node.operator,
        node.ms < leastMs ? `< ${leastMs.toFixed(3)}` : node.ms.toFixed(3),
        formatCount(node.macs),
        formatCount(node.bytes),
        ratio(node.intensity),
        ...(node.ms > 0 ? [formatCount(node.macsPerSecond), formatShare(node.leastMs / node.ms)] : ["", ""]),
        node.boundBy === "memory" ? "memory" : "multiplying",
      ],
    })),
  };
}

/** `10 M`, without the digits that a round number does not need. */
function tick(value: number): string {
  if (value < 1000) return String(Number(value.toPrecision(2)));
  return formatCount(value).replace(/\.0+(?=\D)/, "");
}

/** Two significant digits. */
function ratio(value: number): string {
  return value >= 9.95 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}
