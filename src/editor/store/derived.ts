/** @file What follows from an architecture, worked out once for each. */
import { costOf, type NetworkCost } from "../../model/analysis/cost.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { graphOf } from "../../model/graph/network.ts";
import { once } from "../../model/graph/once.ts";
import type { LayerGroup, LayerNode, Shape } from "../../model/graph/types.ts";
import { groupName, layerName } from "../words.ts";

/** What the network costs. The same architecture object gives the same cost object. */
export const networkCostOf: (architecture: Architecture) => NetworkCost = once((architecture) =>
  costOf(graphOf(architecture)),
);

/** Nodes and groups of a network, by id. */
export interface GraphIndex {
  readonly nodes: ReadonlyMap<string, LayerNode>;
  readonly groups: ReadonlyMap<string, LayerGroup>;
}

/** Nodes and groups by id. Where a module is a single layer, both have the same id. */
export const indexOf: (architecture: Architecture) => GraphIndex = once((architecture) => {
  const { nodes, groups } = graphOf(architecture);
  return {
    nodes: new Map(nodes.map((node) => [node.id, node])),
    groups: new Map(groups.map((group) => [group.id, group])),
  };
});

/** Shape of what a group or node gives; undefined for an id that the network does not have. */
export function outputOf(architecture: Architecture, id: string): Shape | undefined {
  const { nodes, groups } = indexOf(architecture);
  return nodes.get(groups.get(id)?.output ?? id)?.output;
}

/**
 * What to call the layer at which an operation's time stands: that layer, or the module whose branches it joins. Layers that
 * have only a number in their module say whose they are.
 */
export function timedName(architecture: Architecture, id: string): string {
  const { nodes, groups } = indexOf(architecture);
  const node = nodes.get(id);
  const group = groups.get(node?.group ?? "");
  if (!node) return id;
  if (node.op.kind === "concat" && group) return groupName(group).toLowerCase();
  const name = layerName(node);
  return /^\d+$/.test(name) ? id.split(".").slice(-2).join(".") : name;
}
