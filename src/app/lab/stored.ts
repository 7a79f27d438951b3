/** @file The lab's stored state: what of it can still be read, and how much of it is kept. */
import { z } from "zod";
import { parseNetwork } from "../../model/graph/network.ts";
import type { Board, Variant } from "./board.ts";

const storedBoard = z.object({
  variants: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), network: z.unknown() })),
  baselineId: z.string().optional().catch(undefined),
});

/** A stored board without the variants that cannot be read; undefined where nothing was stored. */
export function boardFrom(stored: unknown): Board | undefined {
  const read = storedBoard.safeParse(stored);
  if (!read.success) return undefined;
  const ids = new Set<string>();
  const names = new Set<string>();
  const variants = read.data.variants.flatMap(({ id, name, network }): readonly Variant[] => {
    const parsed = parseNetwork(network);
    if (!parsed.ok || ids.has(id) || names.has(name)) return [];
    ids.add(id);
    names.add(name);
    return [{ id, name, network: parsed.value }];
  });
  const { baselineId } = read.data;
  const isThere = baselineId !== undefined && ids.has(baselineId);
  return { variants, baselineId: isThere ? baselineId : variants[0]?.id };
}
