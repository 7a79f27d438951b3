/** @file The direct parts of a block, in the order of the data; and where a layout puts them. */
import type { LayerGraph, LayerNode } from "../../model/graph/types.ts";
import { childrenOf } from "./modules.ts";
import type { Point } from "./sceneTypes.ts";
import type { Box } from "./sizes.ts";

export type BlockPart =
  | { readonly kind: "mixer"; readonly id: string }
  | { readonly kind: "mlp"; readonly id: string; readonly layers: readonly LayerNode[] }
  | { readonly kind: "layer"; readonly node: LayerNode };

export function partsOf(graph: LayerGraph, blockId: string): readonly BlockPart[] {
  return childrenOf(graph, blockId).map((child) => {
    if (child.kind === "layer") return child;
    const { id } = child.group;
    if (child.group.kind === "tokenMixer") return { kind: "mixer", id };
    const layers = childrenOf(graph, id).flatMap((inner) => (inner.kind === "layer" ? [inner.node] : []));
    return { kind: "mlp", id, layers };
  });
}

export interface PlacedPart {
  readonly part: BlockPart;
  readonly box: Box;
  /** Of an MLP's layers, from its corner. */
  readonly inner: readonly Box[];
}

export interface BlockLayout {
  readonly parts: readonly PlacedPart[];
  readonly height: number;
  /** Where data enters the block. */
  readonly input: Point;
  /** How far from there the shortcut runs: up in a row, to the left in a column. */
  readonly lane: number;
}

/** Between an MLP's border and its layers. */
export const mlpInset = 9;
/** The sum is a circle. */
export const sumSize = 30;
