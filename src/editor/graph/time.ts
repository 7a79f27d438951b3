/** @file Measured milliseconds by layer and module, and the layers that ran within another's operation. */
import { layerTimes } from "../../model/analysis/mainLayers.ts";
import type { TimedNodes } from "../../model/analysis/roofline.ts";
import type { LayerGraph } from "../../model/graph/types.ts";

/** An operation that did several layers: how its time is shared among them cannot be seen. */
export interface SharedTime {
  /** The layer that the time stands at. */
  readonly id: string;
  /** Of the whole operation. */
  readonly ms: number;
}

export interface Times {
  readonly totalMs: number;
  /**
   * Milliseconds by id of node or group. A module has the sum of what it holds; a layer that ran within another's operation
   * has none, so that nothing counts twice.
   */
  readonly msById: ReadonlyMap<string, number>;
  /** By id of a layer, or of a module of nothing else, that ran within another's operation. */
  readonly withinById: ReadonlyMap<string, SharedTime>;
  /** The other layers of its operation, by id of the layer that the time stands at. */
  readonly othersById: ReadonlyMap<string, readonly string[]>;
}

/** Adds up a profile. A profile of another network gives undefined: it must not be shown as one of this. */
export function timesOf(graph: LayerGraph, profile: TimedNodes): Times | undefined {
  const operations = layerTimes(graph, profile);
  if (operations.length === 0) return undefined;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const around = (id: string) => {
    const groups: string[] = [];
    for (let group = nodes.get(id)?.group; group !== undefined; group = parents.get(group))
      groups.push(group);
    return groups;
  };
  const msById = new Map<string, number>();
  const withinById = new Map<string, SharedTime>();
  const othersById = new Map<string, readonly string[]>();
  for (const { id, ms, covers } of operations) {
    // A module that is one layer has its id.
    for (const place of new Set([id, ...around(id)])) msById.set(place, (msById.get(place) ?? 0) + ms);
    const others = covers.filter((layer) => layer !== id);
    if (others.length > 0) othersById.set(id, others);
    for (const layer of others) withinById.set(layer, { id, ms });
  }
  for (const { id } of graph.groups) {
    if (msById.has(id)) continue;
    const held = graph.nodes.filter((node) => around(node.id).includes(id));
    const [first, ...others] = new Set(held.map((node) => withinById.get(node.id)));
    if (first && others.length === 0) withinById.set(id, first);
  }
  const totalMs = operations.reduce((sum, { ms }) => sum + ms, 0);
  return { totalMs, msById, withinById, othersById };
}
