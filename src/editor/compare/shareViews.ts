/** @file Networks that are looked at side by side. */
import type { EditorStore } from "../store/store.ts";

/** What is opened in one is open in the other, from now on. @returns What ends it. */
export function shareViews(a: EditorStore, b: EditorStore): () => void {
  const ends = [
    [a, b],
    [b, a],
  ].map(([one, other]) =>
    one?.subscribe(({ views }) => {
      if (other?.getState().views !== views) other?.getState().setViews(views);
    }),
  );
  return () => {
    for (const end of ends) end?.();
  };
}
