/**
 * @file Why a network takes the time that it takes: each operation's work and traffic against what the device can do
 * (Williams, Waterman and Patterson, "Roofline", CACM 2009).
 */

import { elementCount } from "../graph/elementCount.ts";
import type { LayerGraph, LayerNode } from "../graph/types.ts";
import { macsOf, trainable } from "./cost.ts";

/** What the device does at its best, measured. */
export interface Rates {
  /** Multiply-accumulates a second of a large matrix product. */
  readonly macsPerSecond: number;
  /** Bytes a second, read and written, of a copy far larger than any cache. */
  readonly bytesPerSecond: number;
}

/** Operations as they were timed, for one image. */
export interface TimedNodes {
  /** Milliseconds by id of the node that gives the operation's output. */
  readonly msByNode: ReadonlyMap<string, number>;
  /** The nodes that an operation stands for, by the same id. */
  readonly covers: ReadonlyMap<string, readonly string[]>;
}

export type Operator =
  | "pointwise convolution"
  | "depthwise convolution"
  | "convolution"
  | "fully connected"
  | "normalisation"
  | "activation"
  | "pooling"
  | "addition"
  | "layer scale"
  | "split and concatenation";

export interface RooflineNode {
  readonly id: string;
  /** Nodes of the graph that the operation stands for. */
  readonly covers: readonly string[];
  /** That of the covered node with the most MACs. */
  readonly operator: Operator;
  readonly macs: number;
  /** Bytes that must be moved at least: inputs, output and weights, once each; values between covered nodes are not. */
  readonly bytes: number;
  /** MACs a byte. */
  readonly intensity: number;
  readonly ms: number;
  readonly macsPerSecond: number;
  /** What would limit it on a perfect device of these rates. */
  readonly boundBy: "memory" | "compute";
  /** MACs a second that the roofline allows at its intensity; small operations may beat it, since caches are faster. */
  readonly attainable: number;
  /** Milliseconds that it would take at that rate. */
  readonly leastMs: number;
}

export interface OperatorTime {
  readonly operator: Operator;
  readonly ms: number;
  readonly macs: number;
  readonly bytes: number;
  /** Operations of this kind. */
  readonly count: number;
}

export interface Roofline {
  /** In the order of the graph. */
  readonly nodes: readonly RooflineNode[];
  /** Longest first. */
  readonly byOperator: readonly OperatorTime[];
  /** Intensity, in MACs a byte, below which memory limits. */
  readonly ridge: number;
}

/** Ids that the graph does not have are left out. */
export function rooflineOf(
  graph: LayerGraph,
  { msByNode, covers }: TimedNodes,
  { macsPerSecond, bytesPerSecond }: Rates,
  bytesPerElement = 4,
): Roofline {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const ridge = macsPerSecond / bytesPerSecond;
  const nodes = graph.nodes.flatMap((output): RooflineNode[] => {
    const ms = msByNode.get(output.id);
    if (ms === undefined) return [];
    const covered = (covers.get(output.id) ?? [output.id]).flatMap((id) => byId.get(id) ?? []);
    const macs = covered.reduce((sum, node) => sum + macsOf(node), 0);
    const bytes = bytesPerElement * elementsMoved(output, covered, byId);
    const leastMs = 1000 * Math.max(macs / macsPerSecond, bytes / bytesPerSecond);
    return [
      {
        id: output.id,
        covers: covered.map(({ id }) => id),
        operator: operatorOf(output, covered),
        macs,
        bytes,
        intensity: macs / bytes,
        ms,
        macsPerSecond: (1000 * macs) / ms,
        boundBy: macs / bytes < ridge ? "memory" : "compute",
        attainable: (1000 * macs) / leastMs,
        leastMs,
      },
    ];
  });
  return { nodes, byOperator: timesByOperator(nodes), ridge };
}

function timesByOperator(nodes: readonly RooflineNode[]): readonly OperatorTime[] {
  const sums = new Map<Operator, OperatorTime>();
  for (const { operator, ms, macs, bytes } of nodes) {
    const sum = sums.get(operator) ?? { operator, ms: 0, macs: 0, bytes: 0, count: 0 };
    sums.set(operator, {
      operator,
      ms: sum.ms + ms,
      macs: sum.macs + macs,
      bytes: sum.bytes + bytes,
      count: sum.count + 1,
    });
  }
  return [...sums.values()].sort((a, b) => b.ms - a.ms);
}

function elementsMoved(
  output: LayerNode,
  covered: readonly LayerNode[],
  byId: ReadonlyMap<string, LayerNode>,
): number {
  const inside = new Set(covered.map(({ id }) => id));
  const read = new Map<string, number>();
  let weights = 0;
  for (const node of covered) {
    weights += node.tensors.reduce((sum, tensor) => sum + trainable(tensor), 0);
    for (const id of node.inputs) {
      const source = byId.get(id);
      if (!source || inside.has(id)) continue;
      const [, ...size] = source.output;
      const part =
        "channels" in node.op ? node.op.channels.count * elementCount(size) : elementCount(source.output);
      read.set(id, Math.min(elementCount(source.output), (read.get(id) ?? 0) + part));
    }
  }
  return weights + elementCount(output.output) + [...read.values()].reduce((sum, count) => sum + count, 0);
}

function operatorOf(output: LayerNode, covered: readonly LayerNode[]): Operator {
  const main = covered.reduce((most, node) => (macsOf(node) > macsOf(most) ? node : most), output);
  const { op } = main;
  switch (op.kind) {
    case "linear":
      return main.output.length === 1 ? "fully connected" : "pointwise convolution";
    case "conv2d":
      return op.kernelSize.every((side) => side === 1) ? "pointwise convolution" : "convolution";
    case "depthwiseConv2d":
      return "depthwise convolution";
    case "batchNorm":
    case "layerNorm":
      return "normalisation";
    case "gelu":
    case "relu":
      return "activation";
    case "globalAveragePool":
    case "averagePool2d":
    case "maxPool2d":
      return "pooling";
    case "add":
    case "subtract":
      return "addition";
    case "scale":
      return "layer scale";
    case "input":
    case "channels":
    case "concat":
      return "split and concatenation";
    default:
      return op satisfies never;
  }
}
