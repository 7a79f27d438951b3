/**
 * @file Folds batch norms and layer scales into the convolutions and linear layers beside them. Exact, but for rounding.
 *
 * The pass rewrites the graph and says in `folds` what becomes of the weights, so that it needs none itself: the same
 * plan serves analysis, drawing and every checkpoint, and `applyFolds` evaluates it where weights are. The result is an
 * ordinary LayerGraph with the keys of the state_dict, so whatever runs a network runs it.
 *
 * Every node that remains gives the same values as the node with its id gave before.
 */
import type { LayerGraph, LayerNode, Op, TensorRole, TensorSpec } from "../types.ts";

/** y = a * x + b, one a and b a channel. */
export type Affine =
  | {
      readonly kind: "batchNorm";
      readonly epsilon: number;
      readonly weight: string;
      readonly bias: string;
      readonly runningMean: string;
      readonly runningVar: string;
    }
  | { readonly kind: "scale"; readonly gamma: string };

/** Keys of the tensors that it reads. */
export function affineKeys(affine: Affine): readonly string[] {
  return affine.kind === "scale"
    ? [affine.gamma]
    : [affine.weight, affine.bias, affine.runningMean, affine.runningVar];
}

/** Folds `affine` into the layer with these tensors, on the side of its outputs or of its inputs. */
export interface Fold {
  readonly side: "outputs" | "inputs";
  readonly affine: Affine;
  readonly weight: TensorSpec;
  /** The layer's bias; a layer that had none gets one. */
  readonly bias: TensorSpec;
}

export interface FoldedGraph {
  readonly graph: LayerGraph;
  /** To be applied in this order. */
  readonly folds: readonly Fold[];
}

export function fold(graph: LayerGraph): FoldedGraph {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const folds: Fold[] = [];
  /** Ids of the nodes that are gone, and what gives their input now. */
  const removed = new Map<string, string>();

  for (const original of graph.nodes) {
    const node = nodes.get(original.id);
    const [input] = node?.inputs ?? [];
    if (!node || input === undefined || !isAffine(node.op)) continue;
    const affine = affineOf(node, node.op);

    const before = nodes.get(input);
    if (before && foldsOutputs(before) && isOnlyReader(graph, nodes, input, node.id)) {
      const merged = withBias(before);
      folds.push({ side: "outputs", affine, ...layerTensors(merged) });
      nodes.delete(input);
      nodes.set(node.id, { ...merged, id: node.id, group: node.group });
      continue;
    }

    const readers = [...nodes.values()].filter((reader) => reader.inputs.includes(node.id));
    if (node.id === graph.output || readers.length === 0 || !readers.every(foldsInputs)) continue;
    for (const reader of readers) {
      const merged = withBias(reader);
      folds.push({ side: "inputs", affine, ...layerTensors(merged) });
      nodes.set(reader.id, { ...merged, inputs: merged.inputs.map((id) => (id === node.id ? input : id)) });
    }
    nodes.delete(node.id);
    removed.set(node.id, input);
  }

  return {
    folds,
    graph: {
      // In the original order: a merged node stands where the affine one stood.
      nodes: graph.nodes.flatMap(({ id }) => nodes.get(id) ?? []),
      groups: graph.groups.map((group) => ({ ...group, output: removed.get(group.output) ?? group.output })),
      output: graph.output,
    },
  };
}

type AffineOp = Op & { readonly kind: "batchNorm" | "scale" };

function isAffine(op: Op): op is AffineOp {
  return op.kind === "batchNorm" || op.kind === "scale";
}

/** What the layer, of this operation, does to each channel. */
export function affineOf({ tensors }: LayerNode, op: AffineOp): Affine {
  const key = (role: TensorRole) => tensors.find((tensor) => tensor.role === role)?.key ?? "";
  if (op.kind === "scale") return { kind: "scale", gamma: key("gamma") };
  return {
    kind: "batchNorm",
    epsilon: op.epsilon,
    weight: key("weight"),
    bias: key("bias"),
    runningMean: key("runningMean"),
    runningVar: key("runningVar"),
  };
}

function foldsOutputs({ op }: LayerNode): boolean {
  return op.kind === "conv2d" || op.kind === "depthwiseConv2d" || op.kind === "linear";
}

/** With padding the border would see 0 where it should see the affine map of 0. */
function foldsInputs({ op }: LayerNode): boolean {
  return op.kind === "linear" || (op.kind === "conv2d" && op.padding[0] === 0 && op.padding[1] === 0);
}

function isOnlyReader(
  graph: LayerGraph,
  nodes: ReadonlyMap<string, LayerNode>,
  id: string,
  reader: string,
): boolean {
  return (
    id !== graph.output &&
    [...nodes.values()].every((node) => node.id === reader || !node.inputs.includes(id))
  );
}

function withBias(node: LayerNode): LayerNode {
  const { weight, bias } = layerTensors(node);
  return { ...node, tensors: [weight, bias] };
}

function layerTensors({ id, tensors, output }: LayerNode): {
  readonly weight: TensorSpec;
  readonly bias: TensorSpec;
} {
  const weight = tensors.find(({ role }) => role === "weight");
  if (!weight) throw new Error(`Layer ${id} has no weight.`);
  const key = weight.key.replace(/weight$/, "bias");
  const bias = tensors.find(({ role }) => role === "bias") ?? { key, role: "bias", shape: [output[0]] };
  return { weight, bias };
}
