/** @file What sets two networks apart: fields of their descriptions, and layers of their graphs. */
import type { Architecture } from "../architecture/schema.ts";
import { type AnyNetwork, isFixed, nameOf } from "../graph/network.ts";
import type { LayerGraph, LayerGroup, LayerNode } from "../graph/types.ts";

export interface DifferingField {
  /** As edits and issues name it: `stages[2].tokenMixer.bandKernelSize`. Empty: the whole. */
  readonly path: string;
  /** Undefined where `a` has no such field. */
  readonly a: unknown;
  readonly b: unknown;
}

/** Fields with another value, in the order of the format. Names do not count; a fixed network differs as a whole. */
export function differingFields(a: AnyNetwork, b: AnyNetwork): readonly DifferingField[] {
  if (!isFixed(a) && !isFixed(b)) return fieldsOf(plain(a), plain(b), "");
  return isFixed(a) && isFixed(b) && a.fixed === b.fixed ? [] : [{ path: "", a: nameOf(a), b: nameOf(b) }];
}

/** Without its name, and without what says no more than its absence. */
function plain({ name: _name, ...architecture }: Architecture): unknown {
  const stages = architecture.stages.map(({ tokenMixer, ...stage }) => {
    if (tokenMixer.kind !== "inception" || !tokenMixer.branches) return { ...stage, tokenMixer };
    const { branches, ...mixer } = tokenMixer;
    const areAllOn = branches.square && branches.bandW && branches.bandH;
    return { ...stage, tokenMixer: areAllOn ? mixer : tokenMixer };
  });
  return { ...architecture, stages };
}

function fieldsOf(a: unknown, b: unknown, path: string): readonly DifferingField[] {
  if (a === b) return [];
  if (!isObject(a) || !isObject(b)) return [{ path, a, b }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const isList = Array.isArray(a);
  return keys.flatMap((key) =>
    fieldsOf(a[key], b[key], isList ? `${path}[${key}]` : path ? `${path}.${key}` : key),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * Ids of the layers, and of the groups that hold them, that the other graph does not have alike: their operation, shape or
 * weights differ, or there is no such layer. Layers are matched by id and, since two families name the same layer
 * differently, by their place: the group's kind, stage and block, and the how-manieth operation of its kind they are in it.
 */
export function differingGroups(a: LayerGraph, b: LayerGraph): ReadonlySet<string> {
  const idsOfA = new Set(a.nodes.map(({ id }) => id));
  const idsOfB = new Set(b.nodes.map(({ id }) => id));
  const shared = [...idsOfA].filter((id) => idsOfB.has(id));
  const matchedA = byMatch(a, new Set(shared));
  const matchedB = byMatch(b, new Set(shared));
  const differing = new Set<string>();
  for (const [graph, own, others] of [
    [a, matchedA, matchedB],
    [b, matchedB, matchedA],
  ] as const) {
    const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
    for (const [key, node] of own) {
      const other = others.get(key);
      if (other && likenessOf(node) === likenessOf(other)) continue;
      differing.add(node.id);
      for (let id: string | undefined = node.group; id !== undefined; id = parents.get(id)) differing.add(id);
    }
  }
  return differing;
}

/** Nodes by what matches them with one of the other graph. */
function byMatch({ nodes, groups }: LayerGraph, shared: ReadonlySet<string>): ReadonlyMap<string, LayerNode> {
  const placeOf = new Map(groups.map((group) => [group.id, place(group)]));
  const counts = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      if (shared.has(node.id)) return [`id ${node.id}`, node];
      const kind = `${placeOf.get(node.group)} ${node.op.kind}`;
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count + 1);
      return [`place ${kind} ${count}`, node];
    }),
  );
}

function place({ kind, stage, block }: LayerGroup): string {
  return `${kind} ${stage ?? ""} ${block ?? ""}`;
}

/** What makes two layers alike, whatever they are called and read. Of a linear layer, `[out, in, 1, 1]` is `[out, in]`. */
function likenessOf({ op, output, tensors }: LayerNode): string {
  const rank = op.kind === "linear" ? 2 : undefined;
  return JSON.stringify([op, output, tensors.map(({ role, shape }) => [role, shape.slice(0, rank)])]);
}
