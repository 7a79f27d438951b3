/** @file Measured milliseconds by node, summed up over the modules that hold them. */
import type { LayerGraph } from "../../model/graph/types.ts";

export interface TimeShares {
  readonly totalMs: number;
  /** Milliseconds by id of node or group. */
  readonly msById: ReadonlyMap<string, number>;
}

/**
 * Adds up a profile. Ids that the graph does not have count to nothing: a profile of another network must not be shown
 * as one of this, so undefined comes back where not one layer of the graph was measured.
 */
export function timeShares(graph: LayerGraph, profile: ReadonlyMap<string, number>): TimeShares | undefined {
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const msById = new Map<string, number>();
  const add = (id: string, ms: number) => msById.set(id, (msById.get(id) ?? 0) + ms);
  let totalMs = 0;
  let measured = 0;
  for (const node of graph.nodes) {
    const ms = profile.get(node.id);
    if (ms === undefined) continue;
    measured += 1;
    totalMs += ms;
    if (!parents.has(node.id)) add(node.id, ms);
    for (let id: string | undefined = node.group; id !== undefined; id = parents.get(id)) add(id, ms);
  }
  return measured > 0 ? { totalMs, msById } : undefined;
}
