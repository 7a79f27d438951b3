/** @file Stores of networks that are looked at and not edited. */
import type { Architecture } from "../../model/architecture/schema.ts";
import { createEditorStore, type EditorStore } from "../store/store.ts";

const nothing = () => undefined;

/** A store of which only the views change. */
export function createViewStore(architecture: Architecture): EditorStore {
  const store = createEditorStore(architecture);
  store.setState({
    edit: () => [],
    applyArchitecture: nothing,
    undo: nothing,
    redo: nothing,
    startGesture: nothing,
    endGesture: nothing,
    select: nothing,
    setScope: nothing,
  });
  return store;
}

/** What is opened in one is open in the other, from now on. @returns What ends it. */
export function shareViews(a: EditorStore, b: EditorStore): () => void {
  const ends = [
    [a, b],
    [b, a],
  ].map(([one, other]) =>
    one?.subscribe(({ views }) => {
      if (other?.getState().views !== views) other?.setState({ views });
    }),
  );
  return () => {
    for (const end of ends) end?.();
  };
}
