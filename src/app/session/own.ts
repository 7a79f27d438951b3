/** @file What belongs to the visit though its code is loaded later: the session owns it, and knows nothing of it. */
import type { Persistence } from "../persistence/persistence.ts";

/** Gives what `create` made when it was first asked for, and the same from then on. */
export type Own = <T>(create: (persistence: Persistence) => T) => T;

export function ownerOf(persistence: Persistence): Own {
  const owned = new Map<unknown, unknown>();
  return <T>(create: (persistence: Persistence) => T) => {
    if (!owned.has(create)) owned.set(create, create(persistence));
    return owned.get(create) as T;
  };
}
