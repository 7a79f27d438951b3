/** @file The store for React: a provider, and a hook that reads a part of it. */
import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { EditorActions, EditorState, EditorStore } from "./store.ts";

const Context = createContext<EditorStore | undefined>(undefined);

export interface EditorProviderProps {
  readonly store: EditorStore;
  readonly children: ReactNode;
}

/** Everything below reads this store. */
export function EditorProvider({ store, children }: EditorProviderProps) {
  return <Context value={store}>{children}</Context>;
}

/** The store itself, for actions and for reading outside of drawing. @throws Error outside of an EditorProvider. */
export function useEditorStore(): EditorStore {
  const store = useContext(Context);
  if (!store) throw new Error("This needs an EditorProvider above it.");
  return store;
}

/** A part of the state; draws again when that part changes identity. */
export function useEditor<T>(selector: (state: EditorState & EditorActions) => T): T {
  return useStore(useEditorStore(), selector);
}
