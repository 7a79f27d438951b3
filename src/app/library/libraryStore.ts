/** @file The checkpoints: the list of them once it is here, those that are kept in this browser, the file that was refused last. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CheckpointKeys } from "../../model/engine/api.ts";
import { type CachedFile, openCache } from "../../model/weights/cache.ts";
import { isLarge, type LibraryEntry } from "./library.ts";

/** A checkpoint that was given and does not fit the network that its tensors are of. */
export interface RefusedFile {
  readonly name: string;
  readonly keys: CheckpointKeys;
}

interface LibraryState {
  readonly entries: readonly LibraryEntry[];
  /** What is kept in this browser, the largest first; empty where storage is denied. */
  readonly files: readonly CachedFile[];
  /** Until another file is given. */
  readonly refused: RefusedFile | undefined;
}

export interface LibraryStore extends Omit<StoreApi<LibraryState>, "setState"> {
  readonly list: (entries: readonly LibraryEntry[]) => void;
  readonly refuse: (file: RefusedFile) => void;
  readonly forgetRefused: () => void;
  /** Looks again what is kept: the engine keeps what it downloads. */
  readonly refreshFiles: () => Promise<readonly CachedFile[]>;
  readonly removeFile: (file: CachedFile) => Promise<void>;
  /** Whether to ask before fetching it: it is large and would have to be downloaded. */
  readonly mustAsk: (entry: LibraryEntry) => Promise<boolean>;
}

export function createLibraryStore(): LibraryStore {
  const { setState: set, ...store } = createStore<LibraryState>()(() => ({
    entries: [],
    files: [],
    refused: undefined,
  }));
  const refreshFiles = async () => {
    const found = await openCache().list();
    const files = [...found].sort((a, b) => b.bytes - a.bytes);
    set({ files });
    return files;
  };
  return {
    ...store,
    list: (entries) => set({ entries }),
    refuse: (refused) => set({ refused }),
    forgetRefused: () => set({ refused: undefined }),
    refreshFiles,
    removeFile: async ({ sha256 }) => {
      await openCache().remove(sha256);
      await refreshFiles();
    },
    mustAsk: async (entry) => isLarge(entry) && !isKept(entry, await refreshFiles()),
  };
}

/** Whether the checkpoint can be had without a network: the file of its hash, or of its id where no hash is pinned. */
export function isKept({ id, sha256 }: LibraryEntry, files: readonly CachedFile[]): boolean {
  return files.some((file) => (sha256 === undefined ? file.id === id : file.sha256 === sha256));
}
