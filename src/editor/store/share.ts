/** @file Keeps the identity of what an edit did not change, so that only what changed is drawn again. */

/** A value equal to `next` that reuses every part of `previous` which is equal. For JSON values. */
export function share<T>(previous: unknown, next: T): T {
  if (Object.is(previous, next)) return next;
  if (typeof previous !== "object" || typeof next !== "object" || previous === null || next === null) {
    return next;
  }
  if (Array.isArray(previous) !== Array.isArray(next)) return next;
  const before = new Map(Object.entries(previous));
  const entries = Object.entries(next);
  const shared = entries.map(([key, value]) => [key, share<unknown>(before.get(key), value)] as const);
  const same =
    entries.length === before.size && shared.every(([key, value]) => Object.is(value, before.get(key)));
  if (same) return previous as T;
  const copy = Array.isArray(next) ? shared.map(([, value]) => value) : Object.fromEntries(shared);
  return copy as T;
}
