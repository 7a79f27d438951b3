/** @file What a selected id stands for, and the way to it from the whole network. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { LayerGroup, LayerNode } from "../../model/graph/types.ts";
import { indexOf } from "../store/derived.ts";
import { predictionsId, type StageNumber } from "../store/store.ts";
import { groupName, layerName } from "../words.ts";

export interface Target {
  readonly kind: "network" | "predictions" | "module" | "layer";
  readonly name: string;
  /** Of the group or node; absent for the network and the predictions. */
  readonly id?: string;
  /** Where it is a module. */
  readonly group?: LayerGroup;
  /** Where it is a layer; a module that is one layer has both. */
  readonly node?: LayerNode;
  /** The stage that it lies in or is. */
  readonly stage?: StageNumber;
  /** From the network down to what holds it. */
  readonly trail: readonly { readonly id: string | undefined; readonly name: string }[];
}

const network = { id: undefined, name: "Network" } as const;

/** An id that the architecture does not have (any more) stands for the network. */
export function targetOf(architecture: Architecture, selection: string | undefined): Target {
  const { nodes, groups } = indexOf(architecture);
  if (selection === predictionsId) return { kind: "predictions", name: "Predictions", trail: [network] };
  const group = selection === undefined ? undefined : groups.get(selection);
  const node = selection === undefined ? undefined : nodes.get(selection);
  const around = group ? group.parent : node?.group;
  const trail = [network, ...trailTo(groups, around)];
  const place = group ?? groups.get(node?.group ?? "");
  const stage = place?.stage === undefined ? {} : { stage: place.stage as StageNumber };
  if (group) {
    return {
      kind: "module",
      name: groupName(group),
      id: group.id,
      group,
      ...(node && { node }),
      ...stage,
      trail,
    };
  }
  if (node) return { kind: "layer", name: layerName(node), id: node.id, node, ...stage, trail };
  return { kind: "network", name: "Network", trail: [] };
}

function trailTo(groups: ReadonlyMap<string, LayerGroup>, id: string | undefined): Target["trail"] {
  const group = id === undefined ? undefined : groups.get(id);
  return group ? [...trailTo(groups, group.parent), { id: group.id, name: groupName(group) }] : [];
}
