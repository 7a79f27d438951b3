/** @file Finds modules in a LayerGraph: what a group holds, and where a stage keeps its blocks. */
import type { GroupKind, LayerGraph, LayerGroup, LayerNode } from "../../model/graph/types.ts";

/** A direct child of a group: a layer, or a group of layers. */
export type Child =
  | { readonly kind: "layer"; readonly node: LayerNode }
  | { readonly kind: "group"; readonly group: LayerGroup };

/** What a group holds directly, in the order in which data passes through. */
export function childrenOf(graph: LayerGraph, groupId: string): readonly Child[] {
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const children: Child[] = [];
  const seen = new Set<string>();
  for (const node of graph.nodes) {
    if (node.group === groupId) {
      children.push({ kind: "layer", node });
      continue;
    }
    const group = ancestorBelow(groups, node.group, groupId);
    if (!group || seen.has(group.id)) continue;
    seen.add(group.id);
    children.push({ kind: "group", group });
  }
  return children;
}

/** The group directly below `top` that `id` is or lies in. */
function ancestorBelow(
  groups: ReadonlyMap<string, LayerGroup>,
  id: string,
  top: string,
): LayerGroup | undefined {
  for (let group = groups.get(id); group !== undefined; group = groups.get(group.parent ?? "")) {
    if (group.parent === top) return group;
  }
  return undefined;
}

/** The group of that kind and place, if the network has one. */
export function findGroup(
  graph: LayerGraph,
  kind: GroupKind,
  place: { readonly stage?: number; readonly block?: number } = {},
): LayerGroup | undefined {
  return graph.groups.find(
    (group) => group.kind === kind && group.stage === place.stage && group.block === place.block,
  );
}
