/** @file The list of checkpoints, once it is here, and the file that was refused last. */
import { createStore } from "zustand/vanilla";
import type { CheckpointKeys } from "../../model/engine/api.ts";
import type { LibraryEntry } from "./library.ts";

/** A checkpoint that was given and does not fit the network that its tensors are of. */
export interface RefusedFile {
  readonly name: string;
  readonly keys: CheckpointKeys;
}

interface LibraryState {
  readonly entries: readonly LibraryEntry[];
  /** Until another file is given. */
  readonly refused: RefusedFile | undefined;
}

export function createLibraryStore() {
  return createStore<LibraryState>()(() => ({ entries: [], refused: undefined }));
}

export type LibraryStore = ReturnType<typeof createLibraryStore>;
