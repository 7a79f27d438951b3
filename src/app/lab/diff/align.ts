/** @file Two graphs module by module, so that what stands beside each other is the same part of both. */
import { differingGroups } from "../../../model/analysis/compare.ts";
import type { LayerGraph, LayerGroup, LayerNode, Shape, Size2d } from "../../../model/graph/types.ts";

/** A module of one of the two. */
export interface Module {
  readonly group: LayerGroup;
  readonly output: Shape;
  /** Spatial kernels of its convolutions, largest area last; none where nothing is mixed across pixels. */
  readonly kernels: readonly Size2d[];
  /** The other graph has no such module, or not alike. */
  readonly differs: boolean;
}

/** A part that at least one of the two has. */
export interface AlignedModule {
  readonly key: string;
  /** 1 for what lies in a stage. */
  readonly level: 0 | 1;
  readonly a: Module | undefined;
  readonly b: Module | undefined;
}

/** Image, stem, stages with their downsamples and blocks, head: in order, each part beside the other's. */
export function alignModules(a: LayerGraph, b: LayerGraph): readonly AlignedModule[] {
  const differing = differingGroups(a, b);
  const [inA, inB] = [modulesOf(a, differing), modulesOf(b, differing)];
  return keysInOrder([...inA.keys()], [...inB.keys()]).map((key) => ({
    key,
    level: key.includes("/") ? 1 : 0,
    a: inA.get(key),
    b: inB.get(key),
  }));
}

/** Top modules and the children of stages, by what they are called in both. */
function modulesOf(graph: LayerGraph, differing: ReadonlySet<string>): ReadonlyMap<string, Module> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  const kindOf = new Map(graph.groups.map(({ id, kind }) => [id, kind]));
  const isWithin = (id: string | undefined, outer: string): boolean =>
    id === outer || (id !== undefined && isWithin(parents.get(id), outer));
  const shown = graph.groups.filter(
    ({ parent }) =>
      parent === undefined || (kindOf.get(parent) === "stage" && parents.get(parent) === undefined),
  );
  return new Map(
    shown.map((group) => {
      const within = graph.nodes.filter((node) => isWithin(node.group, group.id));
      const module: Module = {
        group,
        output: nodes.get(group.output)?.output ?? [0],
        kernels: kernelsOf(within),
        differs: differing.has(group.id),
      };
      return [keyOf(group), module];
    }),
  );
}

/** Downsamples come before a stage's blocks. */
function keyOf({ kind, stage, block, parent }: LayerGroup): string {
  if (parent === undefined) return stage === undefined ? kind : `${kind} ${stage}`;
  return `stage ${stage}/${kind === "block" ? `block ${block}` : kind}`;
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

/** Both lists in one, each in its order: what only one has stands where it stands there. */
function keysInOrder(a: readonly string[], b: readonly string[]): readonly string[] {
  const keys = [...a];
  for (const [index, key] of b.entries()) {
    if (keys.includes(key)) continue;
    const before = b[index - 1];
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  }
  return keys;
}
