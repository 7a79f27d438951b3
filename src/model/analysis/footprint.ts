/** @file How much memory a network takes, told from its graph alone: upper bounds for every backend. */
import type { LayerGraph, LayerNode, TensorSpec } from "../graph/types.ts";

/** Bytes. */
export interface Footprint {
  /** All weights, as programs read them. */
  readonly weights: number;
  /** The weights of the largest layer: layers are folded and packed one by one. */
  readonly largestLayer: number;
  /** Feature maps that exist at once where this project's programs run it, for one image. */
  readonly activations: number;
  /** The same where TensorFlow.js's operations do: what they put a layer together from stays until the layer is done. */
  readonly stockActivations: number;
}

const bytesPerElement = 4;
/** Programs read channels four at a time, and weights by up to eight outputs. */
const [channelStep, outputStep] = [4, 8];
/** Tables beside a layer's weights, and what buffers are rounded up by. */
const tableBytes = { perChannel: 16, perLayer: 1024 };
/** Further tensors of a layer's size that its operations make, as GELU and layer norm do. */
const stockTemporaries = 4;

const known = new WeakMap<LayerGraph, Footprint>();

export function footprintOf(graph: LayerGraph): Footprint {
  const found = known.get(graph) ?? compute(graph);
  known.set(graph, found);
  return found;
}

/** Of the outputs of these nodes or groups, for one image. */
export function outputBytes(graph: LayerGraph, ids: readonly string[]): number {
  const groups = new Map(graph.groups.map(({ id, output }) => [id, output]));
  const wanted = new Set(ids.map((id) => groups.get(id) ?? id));
  return graph.nodes.reduce((sum, node) => sum + (wanted.has(node.id) ? mapBytes(node) : 0), 0);
}

/** Of the largest tensor that is in one piece: the output of a batch, or a weight; both as programs have them. */
export function largestPiece(node: LayerNode, batch: number): number {
  return Math.max(batch * mapBytes(node), ...node.tensors.map((tensor) => packedBytes(node, tensor)));
}

function compute(graph: LayerGraph): Footprint {
  const layers = graph.nodes.map(weightBytes);
  return {
    weights: layers.reduce((sum, bytes) => sum + bytes, 0),
    largestLayer: layers.reduce((most, bytes) => Math.max(most, bytes), 0),
    activations: peakBytes(graph, ({ op }, inputs) => (op.kind === "conv2d" ? inputs : 0)),
    stockActivations: peakBytes(graph, (node, inputs) => inputs + stockTemporaries * mapBytes(node)),
  };
}

function weightBytes(node: LayerNode): number {
  const tables = tableBytes.perChannel * node.output[0] + tableBytes.perLayer;
  return node.tensors.reduce((sum, tensor) => sum + packedBytes(node, tensor), tables);
}

function packedBytes({ op }: LayerNode, { shape: [outputs = 1, inputs = 1, ...kernel] }: TensorSpec): number {
  const isDepthwise = op.kind === "depthwiseConv2d";
  // Where a branch begins in the middle of four channels, it takes part in one group more.
  const rows = isDepthwise ? roundUp(outputs, channelStep) + channelStep : roundUp(outputs, outputStep);
  const columns = inputs === 1 && isDepthwise ? 1 : roundUp(inputs, channelStep);
  return kernel.reduce((bytes, size) => bytes * size, bytesPerElement * rows * columns);
}

/** @param beside What exists besides while a layer runs; told the bytes of its inputs. */
function peakBytes(graph: LayerGraph, beside: (node: LayerNode, inputs: number) => number): number {
  const lastUse = new Map(
    graph.nodes.flatMap(({ inputs }, index) => inputs.map((id) => [id, index] as const)),
  );
  const bytes = new Map(graph.nodes.map((node) => [node.id, mapBytes(node)]));
  let live = 0;
  let peak = 0;
  for (const [index, node] of graph.nodes.entries()) {
    const inputs = [...new Set(node.inputs)];
    const inputBytes = inputs.reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0);
    live += bytes.get(node.id) ?? 0;
    peak = Math.max(peak, live + beside(node, inputBytes));
    for (const id of inputs) if (lastUse.get(id) === index) live -= bytes.get(id) ?? 0;
  }
  return peak;
}

function mapBytes({ output: [channels, height = 1, width = 1] }: LayerNode): number {
  return bytesPerElement * roundUp(channels, channelStep) * height * width;
}

function roundUp(value: number, step: number): number {
  return step * Math.ceil(value / step);
}
