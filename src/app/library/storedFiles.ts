/** @file The checkpoints that are kept in this browser, as a person sees and removes them. */
import { createStore } from "zustand/vanilla";
import { type CachedFile, openCache } from "../../model/weights/cache.ts";
import { isLarge, type LibraryEntry } from "./library.ts";

interface StoredFiles {
  /** Largest first; empty where storage is denied. */
  readonly files: readonly CachedFile[];
}

export const storedFiles = createStore<StoredFiles>()(() => ({ files: [] }));

/** Looks again: the engine keeps what it downloads. */
export async function refreshStoredFiles(): Promise<readonly CachedFile[]> {
  const found = await openCache().list();
  const files = [...found].sort((a, b) => b.bytes - a.bytes);
  storedFiles.setState({ files });
  return files;
}

export async function removeStoredFile({ sha256 }: CachedFile): Promise<void> {
  await openCache().remove(sha256);
  await refreshStoredFiles();
}

/** Whether the checkpoint can be had without a network: the file of its hash, or of its id where no hash is pinned. */
export function isKept({ id, sha256 }: LibraryEntry, files: readonly CachedFile[]): boolean {
  return files.some((file) => (sha256 === undefined ? file.id === id : file.sha256 === sha256));
}

/** Whether to ask before fetching it: it is large and would have to be downloaded. */
export async function mustAsk(entry: LibraryEntry): Promise<boolean> {
  return isLarge(entry) && !isKept(entry, await refreshStoredFiles());
}
