/** @file The store for React: a provider, and hooks that read a part of it. */
import { createContext, type ReactNode, useContext, useDeferredValue } from "react";
import { useStore } from "zustand";
import type { Architecture } from "../../model/architecture/schema.ts";
import type { EditorActions, EditorState, EditorStore, Snapshot } from "./store.ts";

const StoreContext = createContext<EditorStore | undefined>(undefined);
const ShownContext = createContext<Snapshot | undefined>(undefined);

export interface EditorProviderProps {
  readonly store: EditorStore;
  readonly children: ReactNode;
}

/** Everything below reads this store. One for a store: each follows an edit on its own. */
export function EditorProvider({ store, children }: EditorProviderProps) {
  const shown = useDeferredValue(useStore(store, (state) => state.history.present));
  return (
    <StoreContext value={store}>
      <ShownContext value={shown}>{children}</ShownContext>
    </StoreContext>
  );
}

/** The store itself, for actions and for reading outside of drawing. @throws Error outside of an EditorProvider. */
export function useEditorStore(): EditorStore {
  return inside(useContext(StoreContext));
}

/** A part of the state; draws again, at once, when that part changes identity. */
export function useEditor<T>(selector: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditorStore(), selector);
}

/**
 * The architecture for what only shows it: costs, shapes, the drawing. It follows an edit a moment later, in pieces that
 * leave the page free, so that the knob under the hand never waits for the numbers.
 */
export function useShown(): Architecture {
  return inside(useContext(ShownContext)).architecture;
}

/** The baseline that belongs to {@link useShown}'s architecture. */
export function useShownBaseline(): Architecture {
  return inside(useContext(ShownContext)).baseline;
}

function inside<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("This needs an EditorProvider above it.");
  return value;
}
