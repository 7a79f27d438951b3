/** @file The board with its undo, and what of it is ticked. It is found again after a reload. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type History, record, redo, undo } from "../../editor/store/history.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import { saveFile } from "../controls/saveFile.ts";
import { keptNotice } from "../notices/keptNotice.ts";
import type { NoticeStore } from "../notices/noticeStore.ts";
import type { Persistence } from "../persistence/persistence.ts";
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
import { boardKey } from "./keptBoard.ts";
import { networkToJson } from "./readNetworks.ts";

export interface BoardState extends Board {
  readonly history: History<Board>;
  /** Nobody has ever done anything to the board: it may be filled with something useful, and is not kept. */
  readonly isNew: boolean;
  /** Ids of the variants that are ticked: what is measured. */
  readonly tickedIds: readonly string[];
}

export interface BoardStore extends Omit<StoreApi<BoardState>, "setState"> {
  /** What stands on a board that is new. No step of undo, and it stays new. */
  readonly fill: (networks: readonly NamedNetwork[]) => void;
  /** What stands on a new board is wanted, and stays. */
  readonly keep: () => void;
  /** Puts networks on the board, behind all or behind the variant of that id; gives their variants. */
  readonly add: (networks: readonly NamedNetwork[], behind?: string) => readonly Variant[];
  readonly remove: (id: string) => void;
  readonly rename: (id: string, name: string) => void;
  readonly move: (id: string, place: number) => void;
  readonly setBaseline: (id: string) => void;
  readonly tick: (id: string, isTicked: boolean) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** A network, and what to call it where that is not its own name. */
export interface NamedNetwork {
  readonly network: AnyNetwork;
  readonly name?: string;
}

export function createBoardStore(persistence: Persistence, notices: NoticeStore): BoardStore {
  const slot = persistence.slot(boardKey);
  const start = slot.value ?? emptyBoard;
  const { setState: set, ...store } = createStore<BoardState>()(() => ({
    ...start,
    history: { present: start, past: [], future: [] },
    isNew: slot.value === undefined,
    tickedIds: [],
  }));
  const get = store.getState;
  const tell = keptNotice(notices, "board-kept");
  const keep = async () => {
    const isKept = (await slot.write(get().history.present)) !== undefined;
    tell(isKept ? undefined : { ...unkept, save: () => save(get().variants) });
  };
  const turnTo = (history: History<Board>) => {
    if (history.present === get().history.present) return;
    set({ history, ...history.present, isNew: false });
    void keep();
  };
  const change = (next: (board: Board) => Board) => {
    const { history } = get();
    turnTo(record(history, next(history.present)));
  };
  // What another tab did is a step like any other, and can be taken back.
  slot.follow((board) => {
    if (!board) return;
    const history = record(get().history, board);
    set({ history, ...history.present, isNew: false });
  });
  return {
    ...store,
    fill: (networks) => {
      if (!get().isNew) return;
      const present = add(emptyBoard, variantsOf(emptyBoard, networks));
      set({ history: { present, past: [], future: [] }, ...present });
    },
    keep: () => {
      if (!get().isNew) return;
      set({ isNew: false });
      void keep();
    },
    add: (networks, behind) => {
      const added = variantsOf(get().history.present, networks);
      change((before) => add(before, added, behind));
      return added;
    },
    remove: (id) => change((before) => remove(before, id)),
    rename: (id, name) => change((before) => rename(before, id, name)),
    move: (id, place) => change((before) => move(before, id, place)),
    setBaseline: (id) => change((before) => choose(before, id)),
    tick: (id, isTicked) => {
      const others = get().tickedIds.filter((one) => one !== id);
      set({ tickedIds: isTicked ? [...others, id] : others });
    },
    undo: () => turnTo(undo(get().history)),
    redo: () => turnTo(redo(get().history)),
  };
}

const unkept = {
  title: "The browser does not keep the board",
  text: "It has no room left, or this is a private window. The board stays until you close the page: save it as a file, which can be opened here again.",
  action: "Save the networks as JSON",
};

function save(variants: readonly Variant[]): void {
  const networks = variants.map(({ network, name }) => networkToJson(network, name));
  saveFile("board.json", `[${networks.join(",\n")}]\n`, "application/json");
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
