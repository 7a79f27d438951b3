/** @file The runs of this visit for React. */
import { useStore } from "zustand";
import { useSession } from "../session/react.tsx";
import { createRunStore, type RunState, type RunStore } from "./runStore.ts";

export function useRunStore(): RunStore {
  return useSession().own(createRunStore);
}

/** A part of them; draws again when that part changes identity. */
export function useRuns<T>(selector: (state: RunState) => T): T {
  return useStore(useRunStore(), selector);
}
