/** @file Two graphs layer by layer: which layer of one answers to which of the other. */
import type { LayerGraph, LayerGroup, LayerNode, Op } from "../graph/types.ts";

/** A layer that at least one of the two has. */
export interface LayerPair {
  readonly a: LayerNode | undefined;
  readonly b: LayerNode | undefined;
  /** Operation, shape and weights are the same, whatever the two are called and read. */
  readonly isAlike: boolean;
}

/**
 * Every layer of both, in the order of the data; one that only `b` has stands behind what it stands behind there. Layers
 * are matched by id and, since two families name the same layer differently, by their place: the group's kind, stage and
 * block, and the how-manieth operation of its kind they are in it (norms are of one kind, and activations).
 */
export function pairLayers(a: LayerGraph, b: LayerGraph): readonly LayerPair[] {
  const idsOfB = new Set(b.nodes.map(({ id }) => id));
  const shared = new Set(a.nodes.map(({ id }) => id).filter((id) => idsOfB.has(id)));
  const [inA, inB] = [byMatch(a, shared), byMatch(b, shared)];
  return keysInOrder([...inA.keys()], [...inB.keys()]).map((key) => {
    const [one, other] = [inA.get(key), inB.get(key)];
    const isAlike = one !== undefined && other !== undefined && likenessOf(one) === likenessOf(other);
    return { a: one, b: other, isAlike };
  });
}

/** What a module is called in every family. */
export function placeOf({ kind, stage, block }: LayerGroup): string {
  return `${kind} ${stage ?? ""} ${block ?? ""}`;
}

/** Both lists in one, each in its order: what only `b` has stands behind what it stands behind there. */
export function keysInOrder(a: readonly string[], b: readonly string[]): readonly string[] {
  const inA = new Set(a);
  const behind = new Map<string | undefined, string[]>();
  let last: string | undefined;
  for (const key of b) {
    if (inA.has(key)) last = key;
    else behind.set(last, [...(behind.get(last) ?? []), key]);
  }
  return [...(behind.get(undefined) ?? []), ...a.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}

/** Nodes by what matches them with one of the other graph. */
function byMatch({ nodes, groups }: LayerGraph, shared: ReadonlySet<string>): ReadonlyMap<string, LayerNode> {
  const places = new Map(groups.map((group) => [group.id, placeOf(group)]));
  const counts = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      if (shared.has(node.id)) return [`id ${node.id}`, node];
      const kind = `${places.get(node.group)} ${roleOf(node.op)}`;
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      return [`place ${kind} ${count}`, node];
    }),
  );
}

/** Operations that do the same for a network stand beside each other, though they differ. */
function roleOf({ kind }: Op): string {
  if (kind === "batchNorm" || kind === "layerNorm") return "norm";
  return kind === "gelu" || kind === "relu" ? "activation" : kind;
}

/** What makes two layers alike. Of a linear layer, `[out, in, 1, 1]` is `[out, in]`. */
function likenessOf({ op, output, tensors }: LayerNode): string {
  const rank = op.kind === "linear" ? 2 : undefined;
  return JSON.stringify([op, output, tensors.map(({ role, shape }) => [role, shape.slice(0, rank)])]);
}
