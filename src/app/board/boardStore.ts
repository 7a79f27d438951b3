/**
 * @file What Compare holds: the board with its undo, the runs that were measured here or brought from elsewhere.
 * Board and runs are found again after a reload.
 */
import { createStore } from "zustand/vanilla";
import { type History, record, redo, undo } from "../../editor/store/history.ts";
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import { readStored, writeStored } from "../persistence/storage.ts";
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
import { tellBoardKept, tellRunsKept } from "./keeping.ts";
import { boardFrom, recordsFrom, storeRecords } from "./stored.ts";

interface BoardState extends Board {
  readonly history: History<Board>;
  /** Nobody has ever done anything to the board: it may be filled with something useful, and is not stored. */
  readonly isNew: boolean;
  /** Ids of the variants that are ticked: what is measured. */
  readonly tickedIds: readonly string[];
  /** Measured here or imported, newest first. */
  readonly records: readonly BenchmarkRecord[];
  /** Ids of those that were imported. */
  readonly importedIds: readonly string[];
  /** Id of the run of this device that the board shows; undefined: the newest. */
  readonly shownId: string | undefined;
}

interface BoardActions {
  /** What stands on a board that is new. No step of undo, and it stays new. */
  fill(networks: readonly NamedNetwork[]): void;
  /** What stands on a new board is wanted, and stays. */
  keep(): void;
  /** Puts networks on the board, behind all or behind the variant of that id; gives their variants. */
  add(networks: readonly NamedNetwork[], behind?: string): readonly Variant[];
  remove(id: string): void;
  rename(id: string, name: string): void;
  move(id: string, place: number): void;
  setBaseline(id: string): void;
  tick(id: string, isTicked: boolean): void;
  undo(): void;
  redo(): void;
  /** Keeps a run, and with it the board that it is about. @returns Whether it is new. */
  addRecord(record: BenchmarkRecord, origin: "own" | "imported"): boolean;
  removeRecord(id: string): void;
  show(recordId: string): void;
}

/** A network, and what to call it where that is not its own name. */
export interface NamedNetwork {
  readonly network: AnyNetwork;
  readonly name?: string;
}

/** With names that neither the board nor each other have. */
function variantsOf(board: Board, networks: readonly NamedNetwork[]): readonly Variant[] {
  const variants: Variant[] = [];
  for (const { network, name } of networks) {
    const names = { ...board, variants: [...board.variants, ...variants] };
    variants.push(variantOf(names, network, name === undefined ? {} : { name }));
  }
  return variants;
}

type Records = Pick<BoardState, "records" | "importedIds">;

/** Runs of this device, newest first. */
export function ownRecords({ records, importedIds }: Records): readonly BenchmarkRecord[] {
  return records.filter(({ id }) => !importedIds.includes(id));
}

/** Runs of other devices, newest first. */
export function importedRecords({ records, importedIds }: Records): readonly BenchmarkRecord[] {
  return records.filter(({ id }) => importedIds.includes(id));
}

/** The run of this device whose times the board shows; undefined where there is none. */
export function shownRecord(state: BoardState): BenchmarkRecord | undefined {
  const own = ownRecords(state);
  return own.find(({ id }) => id === state.shownId) ?? own[0];
}

export function createBoardStore(stored: { readonly board?: unknown; readonly records?: unknown } = {}) {
  const board = boardFrom(stored.board);
  return createStore<BoardState & BoardActions>()((set, get) => {
    const at = (history: History<Board>) => ({ history, ...history.present, isNew: false });
    const change = (next: (board: Board) => Board) => {
      const { history } = get();
      const changed = next(history.present);
      if (changed !== history.present) set(at(record(history, changed)));
    };
    return {
      ...at({ present: board ?? emptyBoard, past: [], future: [] }),
      isNew: board === undefined,
      tickedIds: [],
      ...recordsFrom(stored.records),
      shownId: undefined,

      fill(networks) {
        if (!get().isNew) return;
        const present = add(emptyBoard, variantsOf(emptyBoard, networks));
        set({ ...at({ present, past: [], future: [] }), isNew: true });
      },

      keep: () => set({ isNew: false }),

      add(networks, behind) {
        let added: readonly Variant[] = [];
        change((before) => {
          added = variantsOf(before, networks);
          return add(before, added, behind);
        });
        return added;
      },
      remove: (id) => change((before) => remove(before, id)),
      rename: (id, name) => change((before) => rename(before, id, name)),
      move: (id, place) => change((before) => move(before, id, place)),
      tick(id, isTicked) {
        const others = get().tickedIds.filter((one) => one !== id);
        set({ tickedIds: isTicked ? [...others, id] : others });
      },
      setBaseline: (id) => change((before) => choose(before, id)),
      undo: () => set(at(undo(get().history))),
      redo: () => set(at(redo(get().history))),
      addRecord(added, origin) {
        const { records, importedIds } = get();
        if (records.some(({ id }) => id === added.id)) return false;
        set({
          isNew: false,
          records: [added, ...records],
          ...(origin === "imported" ? { importedIds: [...importedIds, added.id] } : { shownId: added.id }),
        });
        return true;
      },
      removeRecord: (id) =>
        set({
          records: get().records.filter((one) => one.id !== id),
          importedIds: get().importedIds.filter((one) => one !== id),
        }),
      show: (shownId) => set({ shownId }),
    };
  });
}

export const boardStore = createBoardStore({
  board: readStored("lab.board"),
  records: readStored("lab.records"),
});

boardStore.subscribe((state, before) => {
  const { history, isNew, variants, baselineId, records, importedIds } = state;
  if (!isNew && (before.isNew || history.present !== before.history.present)) {
    tellBoardKept(writeStored("lab.board", { variants, baselineId }), variants);
  }
  if (records !== before.records || importedIds !== before.importedIds) {
    const kept = storeRecords(records, (some) => writeStored("lab.records", { records: some, importedIds }));
    tellRunsKept(records, kept.length);
  }
});
