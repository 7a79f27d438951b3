/** @file Which layer an operation's time is shown at. */
import type { LayerGraph } from "../graph/types.ts";
import { macsOf } from "./cost.ts";
import type { TimedNodes } from "./roofline.ts";

/**
 * Milliseconds by id of the layer that an operation is mainly about: the one layer that multiplies, where it stands for one
 * only, with what was folded and fused into it; else the layer whose output it gives.
 */
export function msByMainLayer(
  { nodes }: LayerGraph,
  { msByNode, covers }: TimedNodes,
): ReadonlyMap<string, number> {
  const multiplying = new Set(nodes.filter((node) => macsOf(node) > 0).map(({ id }) => id));
  return new Map(
    [...msByNode].map(([id, ms]) => {
      const [main, ...others] = (covers.get(id) ?? []).filter((covered) => multiplying.has(covered));
      return [main !== undefined && others.length === 0 ? main : id, ms];
    }),
  );
}
