/** @file What the lab holds: the board with its undo, and the two networks that are shown side by side. */
import { createStore } from "zustand/vanilla";
import { type History, record, redo, undo } from "../../editor/store/history.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import { readStored, writeStored } from "../state/storage.ts";
import {
  add,
  type Board,
  choose,
  emptyBoard,
  move,
  remove,
  rename,
  type Variant,
  variantOf,
} from "./board.ts";
import { boardFrom } from "./stored.ts";

interface LabState extends Board {
  readonly history: History<Board>;
  /** Nobody has ever put anything on the board, so it may be filled with something useful. */
  readonly isNew: boolean;
  /** Ids of the two that are shown side by side. */
  readonly selected: readonly [a: string, b: string] | undefined;
}

interface LabActions {
  /** Puts networks on the board, behind all or behind the variant of that id; gives their variants. */
  add(networks: readonly NamedNetwork[], behind?: string): readonly Variant[];
  remove(id: string): void;
  rename(id: string, name: string): void;
  move(id: string, place: number): void;
  setBaseline(id: string): void;
  undo(): void;
  redo(): void;
  select(pair: readonly [a: string, b: string] | undefined): void;
}

/** A network, and what to call it where that is not its own name. */
export interface NamedNetwork {
  readonly network: AnyNetwork;
  readonly name?: string;
}

export function createLabStore(stored: { readonly board?: unknown } = {}) {
  const board = boardFrom(stored.board);
  return createStore<LabState & LabActions>()((set, get) => {
    const at = (history: History<Board>) => ({ history, ...history.present, isNew: false });
    const change = (next: (board: Board) => Board) => {
      const { history } = get();
      const changed = next(history.present);
      if (changed !== history.present) set(at(record(history, changed)));
    };
    return {
      ...at({ present: board ?? emptyBoard, past: [], future: [] }),
      isNew: board === undefined,
      selected: undefined,

      add(networks, behind) {
        let added: readonly Variant[] = [];
        change((before) => {
          for (const { network, name } of networks) {
            const names = { ...before, variants: [...before.variants, ...added] };
            added = [...added, variantOf(names, network, name === undefined ? {} : { name })];
          }
          return add(before, added, behind);
        });
        return added;
      },
      remove: (id) => change((before) => remove(before, id)),
      rename: (id, name) => change((before) => rename(before, id, name)),
      move: (id, place) => change((before) => move(before, id, place)),
      setBaseline: (id) => change((before) => choose(before, id)),
      undo: () => set(at(undo(get().history))),
      redo: () => set(at(redo(get().history))),
      select: (selected) => set({ selected }),
    };
  });
}

export const labStore = createLabStore({ board: readStored("lab.board") });

labStore.subscribe(({ history, variants, baselineId }, before) => {
  if (history.present !== before.history.present) writeStored("lab.board", { variants, baselineId });
});
