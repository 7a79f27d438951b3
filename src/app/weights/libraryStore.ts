/** @file The list of checkpoints, once it is here. */
import { createStore } from "zustand/vanilla";
import type { LibraryEntry } from "./library.ts";

interface LibraryState {
  readonly entries: readonly LibraryEntry[];
}

export function createLibraryStore() {
  return createStore<LibraryState>()(() => ({ entries: [] }));
}

export type LibraryStore = ReturnType<typeof createLibraryStore>;
