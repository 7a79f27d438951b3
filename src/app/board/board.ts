/** @file The board: networks in an order that the person chose, and the one that all are compared with. Pure. */
import { type AnyNetwork, nameOf } from "../../model/graph/network.ts";

export interface Variant {
  /** Stays with it through renaming and reordering. */
  readonly id: string;
  /** No two on a board share a name: runs are told apart by it. */
  readonly name: string;
  readonly network: AnyNetwork;
}

export interface Board {
  readonly variants: readonly Variant[];
  /** Undefined only while the board is empty. */
  readonly baselineId: string | undefined;
}

export const emptyBoard: Board = { variants: [], baselineId: undefined };

/** Longest name, in characters. */
export const longestName = 120;

/** A variant of the network under its own name, or the given one, made unlike those on the board. */
export function variantOf(
  board: Board,
  network: AnyNetwork,
  { id = newId(), name = nameOf(network) } = {},
): Variant {
  return { id, name: freeName(board, name), network };
}

/** Puts variants behind all others, or behind the one of that id. The first on a board is its baseline. */
export function add(board: Board, variants: readonly Variant[], behind?: string): Board {
  const place = board.variants.findIndex(({ id }) => id === behind);
  const at = place < 0 ? board.variants.length : place + 1;
  return withBaseline({ ...board, variants: board.variants.toSpliced(at, 0, ...variants) });
}

/** The last of the baselines that is left becomes none: the first variant takes its place. */
export function remove(board: Board, id: string): Board {
  return withBaseline({ ...board, variants: board.variants.filter((variant) => variant.id !== id) });
}

/** An empty name changes nothing; one that is taken gets a number. */
export function rename(board: Board, id: string, name: string): Board {
  const wanted = name.trim().slice(0, longestName);
  const before = board.variants.find((variant) => variant.id === id);
  if (!before || wanted === "" || wanted === before.name) return board;
  const free = freeName(remove(board, id), wanted);
  return {
    ...board,
    variants: board.variants.map((variant) => (variant.id === id ? { ...variant, name: free } : variant)),
  };
}

/** Puts a variant at a place, counted from 0 without it; beyond the ends is the end. */
export function move(board: Board, id: string, place: number): Board {
  const from = board.variants.findIndex((variant) => variant.id === id);
  const moved = board.variants[from];
  const to = Math.min(Math.max(place, 0), board.variants.length - 1);
  if (!moved || to === from) return board;
  return { ...board, variants: board.variants.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

export function choose(board: Board, baselineId: string): Board {
  const isThere = board.variants.some(({ id }) => id === baselineId);
  return isThere && baselineId !== board.baselineId ? { ...board, baselineId } : board;
}

export function baselineOf({ variants, baselineId }: Board): Variant | undefined {
  return variants.find(({ id }) => id === baselineId);
}

function withBaseline(board: Board): Board {
  return baselineOf(board) ? board : { ...board, baselineId: board.variants[0]?.id };
}

/** The name, with the first number behind it that nobody has. */
function freeName({ variants }: Board, wanted: string): string {
  const taken = new Set(variants.map(({ name }) => name));
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/ \d+$/, "");
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}

/** Unlike `randomUUID`, also where the page is not secure. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");
}
