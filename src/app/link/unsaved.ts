/**
 * @file An edit right before a reload. The address follows edits a moment later, and a reload asks for the address as it was;
 * so what the page writes while it goes is kept for the tab, and opened in the place of that address.
 */

const key = "inceptionnext-explorer.unsaved";

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Fragments of the address that a reload would ask for, and of the one that it should. */
export function keepUnsaved(before: string, after: string, storage: () => Kept = () => sessionStorage): void {
  try {
    storage().setItem(key, JSON.stringify([before, after]));
  } catch {
    // Where the browser keeps nothing, the address of a moment ago is opened.
  }
}

/** For a page that went nowhere after all, or has come back as it was: its address says everything again. */
export function forgetUnsaved(storage: () => Kept = () => sessionStorage): void {
  try {
    storage().removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}

/** The fragment to open where the address has `hash`. What was kept counts once, and for that address alone. */
export function hashToOpen(hash: string, storage: () => Kept = () => sessionStorage): string {
  try {
    const kept: unknown = JSON.parse(storage().getItem(key) ?? "null");
    forgetUnsaved(storage);
    const [before, after] = Array.isArray(kept) ? kept : [];
    return before === hash && typeof after === "string" ? after : hash;
  } catch {
    return hash;
  }
}
