/** @file What belongs to the visit though its code is loaded later: the session owns it, and knows nothing of it. */
import type { NoticeStore } from "../notices/noticeStore.ts";
import type { Persistence } from "../persistence/persistence.ts";

/** Makes something for the visit, of what the browser keeps and with a place to tell what it does not keep. */
type Create<T> = (persistence: Persistence, notices: NoticeStore) => T;

/** Gives what `create` made when it was first asked for, and the same from then on. */
export type Own = <T>(create: Create<T>) => T;

export function ownerOf(persistence: Persistence, notices: NoticeStore): Own {
  const owned = new Map<unknown, unknown>();
  return <T>(create: Create<T>) => {
    if (!owned.has(create)) owned.set(create, create(persistence, notices));
    return owned.get(create) as T;
  };
}
