/** @file What sets two networks apart: fields of their descriptions, and layers of their graphs. */
import type { Architecture } from "../architecture/schema.ts";
import { type AnyNetwork, isFixed, nameOf } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { plainMixer } from "../mixers/table.ts";
import { pairLayers, placeOf } from "./pairs.ts";

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
  const stages = architecture.stages.map((stage) => ({ ...stage, tokenMixer: plainMixer(stage.tokenMixer) }));
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

/** `onlyHere`: the other graph has nothing that answers to it. */
export type Difference = "differs" | "onlyHere";

/**
 * The layers that the other graph does not have alike, and the modules that hold them, of both graphs by id: a layer differs
 * in its operation, shape or weights, a module in what it holds. What is alike has no entry.
 */
export function differences(a: LayerGraph, b: LayerGraph): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  const pairs = pairLayers(a, b).filter(({ isAlike }) => !isAlike);
  for (const { a: one, b: other } of pairs) {
    for (const node of [one, other]) if (node) found.set(node.id, one && other ? "differs" : "onlyHere");
  }
  // Modules come last: one that is a single layer has its id, and differs even where its layer is of another kind.
  for (const [{ groups }, other, nodes] of [
    [a, b, pairs.map((pair) => pair.a)],
    [b, a, pairs.map((pair) => pair.b)],
  ] as const) {
    const places = new Set(other.groups.map(placeOf));
    const byId = new Map(groups.map((group) => [group.id, group]));
    for (const node of nodes) {
      for (let group = byId.get(node?.group ?? ""); group; group = byId.get(group.parent ?? "")) {
        found.set(group.id, places.has(placeOf(group)) ? "differs" : "onlyHere");
      }
    }
  }
  return found;
}
