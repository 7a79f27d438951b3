/** @file Whether two are one network: the name is only what a person calls it. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { type AnyNetwork, isFixed } from "../../model/graph/network.ts";

/** Equal but for the name. */
export function sameNetwork(a: Architecture, b: Architecture): boolean {
  return a === b || networkKey(a) === networkKey(b);
}

/** {@link sameNetwork} of networks of any kind: a fixed one is the same as itself alone. */
export function isSame(a: AnyNetwork, b: AnyNetwork): boolean {
  if (isFixed(a) || isFixed(b)) return isFixed(a) && isFixed(b) && a.fixed === b.fixed;
  return sameNetwork(a, b);
}

const keys = new WeakMap<Architecture, string>();

/** Text that is equal for two architectures exactly when they are the same network. Worked out once for each. */
export function networkKey(architecture: Architecture): string {
  let key = keys.get(architecture);
  if (key === undefined) {
    const { name: _, ...network } = architecture;
    key = JSON.stringify(network, sortedKeys);
    keys.set(architecture, key);
  }
  return key;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
