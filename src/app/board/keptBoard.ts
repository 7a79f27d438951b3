/** @file The board as the browser keeps it. */
import { z } from "zod";
import { parseNetwork } from "../../model/graph/network.ts";
import type { Key } from "../persistence/key.ts";
import { mergeLists } from "../persistence/merge.ts";
import { add, type Board, choose, emptyBoard, variantOf } from "./board.ts";

/** Undefined: nobody has ever done anything to the board. */
export const boardKey: Key<Board | undefined> = {
  name: "board",
  version: 1,
  formerly: ["lab.board"],
  what: "the board",
  parse: (stored) => {
    if (stored === undefined) return { value: undefined, isWhole: true };
    const read = storedBoard.safeParse(stored);
    if (!read.success) return { value: undefined, isWhole: false };
    const { variants, baselineId } = read.data;
    const ids = new Set<string>();
    const known = variants.flatMap(({ id, name, network }) => {
      const parsed = parseNetwork(network);
      if (!parsed.ok || ids.has(id)) return [];
      ids.add(id);
      return [{ id, name, network: parsed.value }];
    });
    const value = boardOf(known, baselineId);
    return { value, isWhole: known.length === variants.length };
  },
  merge: (base, mine, theirs) => {
    if (!mine || !theirs) return mine ?? theirs;
    const lists = { base: base?.variants ?? [], mine: mine.variants, theirs: theirs.variants };
    const isChosen = mine.baselineId !== base?.baselineId;
    return boardOf(
      mergeLists(lists, ({ id }) => id, "end"),
      isChosen ? mine.baselineId : theirs.baselineId,
    );
  },
};

const storedBoard = z.object({
  variants: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), network: z.unknown() })),
  baselineId: z.string().optional().catch(undefined),
});

/** Variants of one name get names of their own. */
function boardOf(variants: Board["variants"], baselineId: string | undefined): Board {
  const board = variants.reduce(
    (before, { network, ...rest }) => add(before, [variantOf(before, network, rest)]),
    emptyBoard,
  );
  return baselineId === undefined ? board : choose(board, baselineId);
}
