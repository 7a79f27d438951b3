/** @file Which layer an operation's time is shown at. */
import type { LayerGraph } from "../graph/types.ts";
import { macsOf } from "./cost.ts";
import type { TimedNodes } from "./roofline.ts";

export interface LayerTime {
  /** The layer that the operation is mainly about. */
  readonly id: string;
  readonly ms: number;
  /** All the layers that the operation stands for, that one included, in the order of the graph. */
  readonly covers: readonly string[];
}

/**
 * Every operation at the layer that it is mainly about: the one layer that multiplies, where it stands for one only, with
 * what was folded and fused into it; else the layer whose output it gives. Operations of other graphs are left out.
 */
export function layerTimes({ nodes }: LayerGraph, { msByNode, covers }: TimedNodes): readonly LayerTime[] {
  const multiplying = new Set(nodes.filter((node) => macsOf(node) > 0).map(({ id }) => id));
  const known = new Set(nodes.map(({ id }) => id));
  return [...msByNode]
    .filter(([id]) => known.has(id))
    .map(([id, ms]) => {
      const covered = covers.get(id) ?? [id];
      const [main, ...others] = covered.filter((layer) => multiplying.has(layer));
      return { id: main !== undefined && others.length === 0 ? main : id, ms, covers: covered };
    });
}

/** Milliseconds by id of the layer that an operation is mainly about. */
export function msByMainLayer(graph: LayerGraph, profile: TimedNodes): ReadonlyMap<string, number> {
  return new Map(layerTimes(graph, profile).map(({ id, ms }) => [id, ms]));
}
