/** @file Why the network takes the time that it takes: what the roofline says, in plain words and its own numbers. */
import { formatCount, formatShare } from "../../../editor/format.ts";
import type { OperatorTime, Rates, Roofline } from "../../../model/analysis/roofline.ts";
import { multiplying } from "./rooflineChart.ts";
import { sumOf } from "./sumOf.ts";

/** From this share of a roof on, the roof is what holds an operation back. */
const nearRoof = 0.4;

/** The most telling sentence first. Every number is counted or measured; what cannot be said of this network is left out. */
export function whyTexts(roofline: Roofline, rates: Rates): readonly string[] {
  return [
    sharesPart(roofline),
    depthwisePart(roofline, rates),
    memoryPart(roofline),
    emptyPart(roofline),
    restPart(roofline),
  ].filter((part) => part !== "");
}

/** The dots of the roofline in a sentence, for who cannot see them. */
export function rooflineSummary(roofline: Roofline, rates: Rates): string {
  const dots = multiplying(roofline.nodes);
  const below = dots.filter(({ boundBy }) => boundBy === "memory").length;
  return `${dots.length} operations multiply; ${below} of them do fewer than ${round(roofline.ridge)} MACs a byte, where the memory roof of ${formatCount(rates.bytesPerSecond)}B a second lies below the matrix product's ${formatCount(rates.macsPerSecond)} MACs a second.`;
}

/** Of depthwise convolutions, else of what takes longest. */
function sharesPart({ byOperator }: Roofline): string {
  const told = depthwiseOf(byOperator) ?? byOperator[0];
  if (!told) return "";
  const macs = told.macs / sumOf(byOperator, (one) => one.macs);
  const ms = told.ms / sumOf(byOperator, (one) => one.ms);
  const name = told.operator.charAt(0).toUpperCase() + told.operator.slice(1);
  const names = told.operator.endsWith("convolution") ? `${name}s are` : `${name} is`;
  return `${names} ${formatShare(macs)} of the MACs and ${formatShare(ms)} of the time.`;
}

function memoryPart({ nodes, ridge }: Roofline): string {
  const total = sumOf(nodes, ({ ms }) => ms);
  const bound = sumOf(
    nodes.filter(({ boundBy }) => boundBy === "memory"),
    ({ ms }) => ms,
  );
  return `On this device memory, not multiplying, limits an operation that does fewer than ${round(ridge)} MACs for each byte it moves. Such operations take ${formatShare(bound / total)} of the time.`;
}

function depthwisePart({ byOperator, ridge }: Roofline, { macsPerSecond, bytesPerSecond }: Rates): string {
  const depthwise = depthwiseOf(byOperator);
  if (!depthwise) return "";
  const intensity = depthwise.macs / depthwise.bytes;
  const reached = achieved(depthwise) / macsPerSecond;
  const dense = densest(byOperator);
  const compared = dense ? `, where a ${dense.operator} does ${round(dense.macs / dense.bytes)}` : "";
  const does = `Each byte that depthwise convolutions move serves ${round(intensity)} MACs${compared}`;
  const reach = `they reach ${formatShare(reached)} of the matrix product's rate`;
  const most = (intensity * bytesPerSecond) / macsPerSecond;
  const roof =
    intensity < ridge
      ? `${does}: memory alone holds them to ${formatShare(most)} of the matrix product's rate, and they reach ${formatShare(reached)}.`
      : `${does}, enough to keep this device multiplying; ${reach}.`;
  return `${roof}${conclusion(Math.min(1, most), reached)}`;
}

/** What holds an operation back that may reach `most` of the matrix product's rate and reaches `reached`. */
function conclusion(most: number, reached: number): string {
  if (reached < most * nearRoof) {
    return " Both roofs are far: most of their time is neither memory nor multiplying, but what running such a program costs besides.";
  }
  return most < 1 ? " So memory holds them back, and few MACs do not make them fast." : "";
}

/** Operations without MACs, which no count of MACs sees. */
function emptyPart({ byOperator }: Roofline): string {
  const total = sumOf(byOperator, ({ ms }) => ms);
  const empty = byOperator.filter(({ macs }) => macs === 0);
  const ms = sumOf(empty, (one) => one.ms);
  if (ms === 0) return "";
  const names = empty.slice(0, 3).map(({ operator }) => operator);
  const list = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
  return `Operations that multiply nothing (${list}${empty.length > 3 ? ", among others" : ""}) take ${formatShare(ms / total)} of the time, which MACs do not count at all.`;
}

function restPart({ nodes }: Roofline): string {
  const measured = sumOf(nodes, ({ ms }) => ms);
  const least = sumOf(nodes, ({ leastMs }) => leastMs);
  return `Kernels that reached the roof everywhere would need ${formatShare(least / measured)} of the measured time.`;
}

function depthwiseOf(byOperator: readonly OperatorTime[]): OperatorTime | undefined {
  return byOperator.find(({ operator }) => operator === "depthwise convolution");
}

function achieved({ macs, ms }: OperatorTime): number {
  return (1000 * macs) / ms;
}

/** The other kind that most of the MACs are in. */
function densest(byOperator: readonly OperatorTime[]): OperatorTime | undefined {
  const others = byOperator.filter(({ operator, macs }) => operator !== "depthwise convolution" && macs > 0);
  return others.sort((a, b) => b.macs - a.macs)[0];
}

/** Two significant digits. */
function round(value: number): string {
  return value >= 9.95 ? value.toFixed(0) : value.toPrecision(2);
}
