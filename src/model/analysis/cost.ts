/**
 * @file What a network costs, counted from its LayerGraph; nothing here is measured.
 *
 * Conventions are those of timm and the paper: MACs are multiply-accumulates of convolutions and linear layers for one
 * image (papers print them under the name FLOPs; FLOPs here are 2 x MACs); activations are the elements that those layers
 * give; parameters are trainable, so running statistics do not count.
 */
import { elementCount } from "../graph/elementCount.ts";
import type { LayerGraph, LayerNode, TensorSpec } from "../graph/types.ts";

/** Cost of one node, a module or a network, for one image. */
export interface Cost {
  /** Trainable numbers. */
  readonly params: number;
  /** Multiply-accumulates. */
  readonly macs: number;
  /** Elements of the outputs of convolutions and linear layers. */
  readonly activations: number;
  /** Bytes of all weights and running statistics as float32. */
  readonly weightBytes: number;
}

export interface NetworkCost {
  readonly total: Cost & {
    /** 2 x MACs. */
    readonly flops: number;
    /** Most bytes of float32 feature maps that must exist at once, layer by layer, one image. */
    readonly peakActivationBytes: number;
  };
  /** By id of node or group; a group's is the sum over what it holds. */
  readonly byId: ReadonlyMap<string, Cost>;
}

const bytesPerElement = 4;

/** Counts everything in one pass over the graph. */
export function costOf(graph: LayerGraph): NetworkCost {
  const byId = new Map<string, Cost>();
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  let total: Cost = nothing;
  for (const node of graph.nodes) {
    const cost = nodeCost(node);
    total = plus(total, cost);
    if (!parents.has(node.id)) byId.set(node.id, cost);
    for (let id: string | undefined = node.group; id !== undefined; id = parents.get(id)) {
      byId.set(id, plus(byId.get(id) ?? nothing, cost));
    }
  }
  return {
    total: { ...total, flops: 2 * total.macs, peakActivationBytes: peakActivationBytes(graph) },
    byId,
  };
}

/** MACs of one node, for one image. */
export function macsOf(node: LayerNode): number {
  const weight = node.tensors.find((tensor) => tensor.role === "weight");
  if (!weight || !isCounted(node)) return 0;
  const [, ...kernel] = weight.shape;
  return elementCount(node.output) * elementCount(kernel);
}

/** Numbers in a tensor of the state_dict that training changes. */
export function trainable(tensor: TensorSpec): number {
  return tensor.role === "runningMean" || tensor.role === "runningVar" ? 0 : elementCount(tensor.shape);
}

function nodeCost(node: LayerNode): Cost {
  return {
    params: node.tensors.reduce((sum, tensor) => sum + trainable(tensor), 0),
    macs: macsOf(node),
    activations: isCounted(node) ? elementCount(node.output) : 0,
    weightBytes: node.tensors.reduce((sum, tensor) => sum + bytesPerElement * elementCount(tensor.shape), 0),
  };
}

/** Convolutions and linear layers are what papers count. */
function isCounted({ op }: LayerNode): boolean {
  return op.kind === "conv2d" || op.kind === "depthwiseConv2d" || op.kind === "linear";
}

function peakActivationBytes(graph: LayerGraph): number {
  const lastUse = new Map<string, number>();
  for (const [index, node] of graph.nodes.entries()) {
    for (const input of node.inputs) lastUse.set(input, index);
  }
  const bytes = new Map(graph.nodes.map((node) => [node.id, bytesPerElement * elementCount(node.output)]));
  let live = 0;
  let peak = 0;
  for (const [index, node] of graph.nodes.entries()) {
    live += bytes.get(node.id) ?? 0;
    peak = Math.max(peak, live);
    for (const input of new Set(node.inputs)) {
      if (lastUse.get(input) === index) live -= bytes.get(input) ?? 0;
    }
  }
  return peak;
}

const nothing: Cost = { params: 0, macs: 0, activations: 0, weightBytes: 0 };

function plus(a: Cost, b: Cost): Cost {
  return {
    params: a.params + b.params,
    macs: a.macs + b.macs,
    activations: a.activations + b.activations,
    weightBytes: a.weightBytes + b.weightBytes,
  };
}
