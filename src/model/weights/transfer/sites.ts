/**
 * @file Finds the layers of a LayerGraph by what they do, whatever a family of networks calls them, so that the weights of
 * one network find their place in another.
 */
import type {
  ChannelRange,
  LayerGraph,
  LayerGroup,
  LayerNode,
  Size2d,
  TensorSpec,
} from "../../graph/types.ts";

/** What an axis of a tensor counts. */
export type Axis =
  | { readonly kind: "image" }
  /** Channels of the feature maps of a stage. */
  | { readonly kind: "stage"; readonly stage: number }
  /** Hidden channels of the MLPs of a stage. */
  | { readonly kind: "hidden"; readonly stage: number }
  | { readonly kind: "headHidden" }
  | { readonly kind: "classes" };

/** A tensor outside the token mixers. */
export interface Site {
  /** The same in every network for tensors with the same task. */
  readonly name: string;
  readonly tensor: TensorSpec;
  /** First axis. */
  readonly rows: Axis;
  /** Second axis, of weights that have one. */
  readonly columns?: Axis;
  readonly block?: BlockPlace;
}

export interface BlockPlace {
  readonly stage: number;
  readonly block: number;
}

/** Depthwise kernels of some of a block's channels. */
export interface Branch {
  /** Name of the node below its mixer, as `dwconv_hw`; `conv` where the mixer is this one layer. */
  readonly role: string;
  readonly channels: ChannelRange;
  readonly kernelSize: Size2d;
  readonly weight: TensorSpec;
  readonly bias: TensorSpec;
}

/** The token mixer of one block. */
export interface Mixer extends BlockPlace {
  readonly branches: readonly Branch[];
  /** Channels that no branch covers are averaged under a kernel of this size, minus themselves; else they pass through. */
  readonly average?: Size2d;
}

export interface Sites {
  readonly sites: readonly Site[];
  /** By stage and block: `mixers[stage][block]`. */
  readonly mixers: readonly (readonly Mixer[])[];
}

interface Layer {
  readonly name: string;
  readonly rows: Axis;
  readonly columns?: Axis;
  readonly block?: BlockPlace;
}

/** Sorts every tensor of the graph of an architecture into its place. */
export function sitesOf(graph: LayerGraph): Sites {
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const sites: Site[] = [];
  const branches = new Map<string, Branch[]>();
  const linearsIn = new Map<string, number>();
  const headLinears = graph.nodes.filter((node) => node.op.kind === "linear" && node.group === "head").length;
  for (const node of graph.nodes) {
    const group = groups.get(node.group);
    if (!group) continue;
    if (group.kind === "tokenMixer") {
      branches.set(group.id, [...(branches.get(group.id) ?? []), ...branchOf(node, group.id)]);
      continue;
    }
    if (node.tensors.length === 0) continue;
    const ordinal = linearsIn.get(group.id) ?? 0;
    if (node.op.kind === "linear") linearsIn.set(group.id, ordinal + 1);
    const { name, rows, columns, block } = layerOf(node, group, ordinal, headLinears);
    for (const tensor of node.tensors) {
      sites.push({
        name: `${name}.${tensor.role}`,
        tensor,
        rows,
        ...(columns && tensor.role === "weight" && { columns }),
        ...(block && { block }),
      });
    }
  }
  return { sites, mixers: mixersOf(graph, branches) };
}

function mixersOf(graph: LayerGraph, branches: ReadonlyMap<string, readonly Branch[]>): readonly Mixer[][] {
  const averages = new Map(
    graph.nodes.flatMap(({ group, op }) => (op.kind === "averagePool2d" ? [[group, op.kernelSize]] : [])),
  );
  const mixers: Mixer[][] = [];
  for (const { kind, id, stage = 0, block = 0 } of graph.groups) {
    if (kind !== "tokenMixer") continue;
    const blocks = mixers[stage] ?? [];
    const average = averages.get(id);
    blocks.push({ stage, block, branches: branches.get(id) ?? [], ...(average && { average }) });
    mixers[stage] = blocks;
  }
  return mixers;
}

function layerOf(node: LayerNode, group: LayerGroup, ordinal: number, headLinears: number): Layer {
  const { stage = 0, block = 0 } = group;
  const channels: Axis = { kind: "stage", stage };
  const kind = node.op.kind;
  switch (group.kind) {
    case "stem":
      return {
        name: `stem.${kind}`,
        rows: channels,
        ...(kind === "conv2d" && { columns: { kind: "image" } }),
      };
    case "downsample": {
      const before: Axis = { kind: "stage", stage: stage - 1 };
      const name = `downsample.${stage}.${kind}`;
      return kind === "conv2d" ? { name, rows: channels, columns: before } : { name, rows: before };
    }
    case "block":
      return { name: `stage.${stage}.${block}.${kind}`, rows: channels, block: { stage, block } };
    case "mlp": {
      const hidden: Axis = { kind: "hidden", stage };
      const [rows, columns] = ordinal === 0 ? [hidden, channels] : [channels, hidden];
      return { name: `stage.${stage}.${block}.fc${ordinal + 1}`, rows, columns, block: { stage, block } };
    }
    case "head": {
      // Heads of different kinds share nothing: their layers have other widths and meanings.
      const name = `head.${headLinears}.${kind}.${kind === "linear" ? ordinal : ""}`;
      const hidden: Axis = headLinears > 1 ? { kind: "headHidden" } : { kind: "stage", stage: 3 };
      if (kind !== "linear") return { name, rows: hidden };
      return ordinal === headLinears - 1
        ? { name, rows: { kind: "classes" }, columns: hidden }
        : { name, rows: hidden, columns: { kind: "stage", stage: 3 } };
    }
    case "image":
    case "stage":
    case "tokenMixer":
      throw new Error(`The group ${group.id} holds the weights of ${node.id}, which no rule knows.`);
    default:
      return group.kind satisfies never;
  }
}

function branchOf({ id, op, tensors }: LayerNode, mixer: string): readonly Branch[] {
  const [weight, bias] = tensors;
  if (op.kind !== "depthwiseConv2d" || !weight || !bias) return [];
  const role = id.slice(mixer.length + 1) || "conv";
  return [{ role, channels: op.channels, kernelSize: op.kernelSize, weight, bias }];
}
