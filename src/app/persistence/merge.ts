/** @file Two tabs changed the same value: what both did, in one. */

/** Field by field: what was changed here, else what the other tab has. */
export function mergeFields<T extends object>(base: T, mine: T, theirs: T): T {
  const changed = Object.entries(mine).filter(
    ([name, value]) => !isEqual(value, (base as Readonly<Record<string, unknown>>)[name]),
  );
  return { ...theirs, ...Object.fromEntries(changed) };
}

/**
 * Lists of things with an id: all that either added and neither removed, each as it was changed. They stand in the order
 * of the tab that changed the order, else in the other's, with the rest of this one's `at` that place.
 */
export function mergeLists<T>(
  lists: { readonly base: readonly T[]; readonly mine: readonly T[]; readonly theirs: readonly T[] },
  idOf: (item: T) => string,
  at: "start" | "end",
): readonly T[] {
  const [base, mine, theirs] = [lists.base, lists.mine, lists.theirs].map(
    (list) => new Map(list.map((item) => [idOf(item), item])),
  ) as [Map<string, T>, Map<string, T>, Map<string, T>];
  const isStaying = (id: string) => !base.has(id) || (mine.has(id) && theirs.has(id));
  const isMoved = !isEqual(orderIn(mine, base), orderIn(base, mine));
  const [first, second] = isMoved ? [mine, theirs] : [theirs, mine];
  const rest = [...second.keys()].filter((id) => !first.has(id));
  const ids = at === "start" ? [...rest, ...first.keys()] : [...first.keys(), ...rest];
  return ids.filter(isStaying).flatMap((id) => {
    const own = mine.get(id);
    const isOwn = own !== undefined && !(theirs.has(id) && isEqual(own, base.get(id)));
    return (isOwn ? own : theirs.get(id)) ?? [];
  });
}

function orderIn<T>(list: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): readonly string[] {
  return [...list.keys()].filter((id) => other.has(id));
}

/** Of JSON values. */
function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
