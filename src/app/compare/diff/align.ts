/** @file Two graphs module by module and layer by layer: what stands beside each other is the same part of both. */
import { type Difference, differences } from "../../../model/analysis/compare.ts";
import { trainable } from "../../../model/analysis/cost.ts";
import { keysInOrder, pairLayers } from "../../../model/analysis/pairs.ts";
import type { LayerGraph, LayerGroup, LayerNode, Shape, Size2d } from "../../../model/graph/types.ts";

/** A module of one of the two. */
export interface Module {
  readonly group: LayerGroup;
  readonly output: Shape;
  /** Spatial kernels of its convolutions, largest area last; none where nothing is mixed across pixels. */
  readonly kernels: readonly Size2d[];
  readonly params: number;
  /** Absent where the other graph has it alike. */
  readonly difference: Difference | undefined;
}

/** A layer of one of the two. */
export interface Layer {
  readonly node: LayerNode;
  readonly params: number;
  readonly difference: Difference | undefined;
}

/** A layer that at least one of the two has. */
export interface AlignedLayer {
  readonly key: string;
  readonly a: Layer | undefined;
  readonly b: Layer | undefined;
}

/** A part that at least one of the two has. */
export interface AlignedModule {
  readonly key: string;
  /** 1 for what lies in a stage. */
  readonly level: 0 | 1;
  readonly a: Module | undefined;
  readonly b: Module | undefined;
  /** In the order of the data; none of a stage, whose parts are modules of their own. */
  readonly layers: readonly AlignedLayer[];
}

/** Image, stem, stages with their downsamples and blocks, head: in order, each part beside the other's. */
export function alignModules(a: LayerGraph, b: LayerGraph): readonly AlignedModule[] {
  const found = differences(a, b);
  const [inA, inB] = [modulesOf(a, found), modulesOf(b, found)];
  const [keysA, keysB] = [keysByGroup(a), keysByGroup(b)];
  const layers = pairLayers(a, b)
    .filter((pair) => (pair.a ?? pair.b)?.op.kind !== "input")
    .map((pair) => ({ ...pair, holder: keysA.get(pair.a?.group ?? "") ?? keysB.get(pair.b?.group ?? "") }));
  const layerOf = (node: LayerNode | undefined): Layer | undefined =>
    node && { node, params: paramsOf([node]), difference: found.get(node.id) };
  return keysInOrder([...inA.keys()], [...inB.keys()]).map((key) => ({
    key,
    level: key.includes("/") ? 1 : 0,
    a: inA.get(key),
    b: inB.get(key),
    layers: layers
      .filter(({ holder }) => holder === key)
      .map((pair) => ({
        key: pair.a?.id ?? pair.b?.id ?? "",
        a: layerOf(pair.a),
        b: layerOf(pair.b),
      })),
  }));
}

/** Top modules and the children of stages, by what they are called in both. */
function modulesOf(graph: LayerGraph, found: ReadonlyMap<string, Difference>): ReadonlyMap<string, Module> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const keys = keysByGroup(graph);
  return new Map(
    shownGroups(graph).map((group) => {
      const key = keyOf(group);
      // A stage's layers lie in its parts.
      const layers = graph.nodes.filter(({ group: holder }) => `${keys.get(holder)}/`.startsWith(`${key}/`));
      const module: Module = {
        group,
        output: nodes.get(group.output)?.output ?? [0],
        kernels: kernelsOf(layers),
        params: paramsOf(layers),
        difference: found.get(group.id),
      };
      return [key, module];
    }),
  );
}

function shownGroups({ groups }: LayerGraph): readonly LayerGroup[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return groups.filter(({ parent }) => {
    const around = parent === undefined ? undefined : byId.get(parent);
    return !around || (around.kind === "stage" && around.parent === undefined);
  });
}

/** Every group's module that is shown: itself or the innermost around it. */
function keysByGroup(graph: LayerGraph): ReadonlyMap<string, string> {
  const shown = new Set(shownGroups(graph));
  const byId = new Map(graph.groups.map((group) => [group.id, group]));
  return new Map(
    graph.groups.map(({ id }) => {
      let group = byId.get(id);
      while (group && !shown.has(group)) group = byId.get(group.parent ?? "");
      return [id, group ? keyOf(group) : ""];
    }),
  );
}

/** Downsamples come before a stage's blocks. */
function keyOf({ kind, stage, block, parent }: LayerGroup): string {
  if (parent === undefined) return stage === undefined ? kind : `${kind} ${stage}`;
  return `stage ${stage}/${kind === "block" ? `block ${block}` : kind}`;
}

function paramsOf(nodes: readonly LayerNode[]): number {
  return nodes.flatMap(({ tensors }) => tensors).reduce((sum, tensor) => sum + trainable(tensor), 0);
}

function kernelsOf(nodes: readonly LayerNode[]): readonly Size2d[] {
  const kernels = nodes.flatMap(({ op }) =>
    op.kind === "depthwiseConv2d" || op.kind === "conv2d" ? [op.kernelSize] : [],
  );
  const unique = new Map(kernels.map((kernel) => [kernel.join(), kernel]));
  return [...unique.values()]
    .filter(([height, width]) => height * width > 1)
    .sort((one, other) => one[0] * one[1] - other[0] * other[1]);
}
