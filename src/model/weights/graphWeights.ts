/** @file Weights for a whole graph that no checkpoint gives. */
import type { LayerGraph } from "../graph/types.ts";
import { seededTensor } from "./seeded.ts";
import type { TensorMap } from "./tensorMap.ts";

/** Formula weights, as the reference forward passes use; speed does not depend on them. */
export function seededWeights(graph: LayerGraph): TensorMap {
  const tensors = graph.nodes.flatMap((node) => node.tensors);
  return new Map(tensors.map(({ key, shape }) => [key, { shape, data: seededTensor(key, shape) }]));
}
