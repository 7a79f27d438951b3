/** @file The board of this visit for React. */
import { useStore } from "zustand";
import { useSession } from "../session/react.tsx";
import { type BoardState, type BoardStore, createBoardStore } from "./boardStore.ts";

export function useBoardStore(): BoardStore {
  return useSession().own(createBoardStore);
}

/** A part of it; draws again when that part changes identity. */
export function useBoard<T>(selector: (state: BoardState) => T): T {
  return useStore(useBoardStore(), selector);
}
