/** @file Weights for a whole graph that no checkpoint gives. */
import type { LayerGraph, TensorSpec } from "../graph/types.ts";
import { initialTensor } from "./initial.ts";
import { seededTensor } from "./seeded.ts";
import type { TensorMap } from "./tensorMap.ts";

/** Formula weights, as the reference forward passes use; speed does not depend on them. */
export function seededWeights(graph: LayerGraph): TensorMap {
  return fill(graph, ({ key, shape }) => seededTensor(key, shape));
}

/** Weights as training would start from. */
export function initialWeights(graph: LayerGraph): TensorMap {
  return fill(graph, initialTensor);
}

function fill(graph: LayerGraph, values: (tensor: TensorSpec) => Float32Array): TensorMap {
  const tensors = graph.nodes.flatMap((node) => node.tensors);
  return new Map(tensors.map((tensor) => [tensor.key, { shape: tensor.shape, data: values(tensor) }]));
}
