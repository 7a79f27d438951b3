/** @file The stored board and runs: what of it can still be read, and how much of it is kept. */
import { z } from "zod";
import { type BenchmarkRecord, parseRecord } from "../../model/benchmark/record.ts";
import { parseNetwork } from "../../model/graph/network.ts";
import type { Board, Variant } from "./board.ts";

const storedBoard = z.object({
  variants: z.array(z.object({ id: z.string().min(1), name: z.string().min(1), network: z.unknown() })),
  baselineId: z.string().optional().catch(undefined),
});

const storedRecords = z.object({ records: z.array(z.unknown()), importedIds: z.array(z.string()).catch([]) });

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

/** Stored runs without those that cannot be read. */
export function recordsFrom(stored: unknown): {
  readonly records: readonly BenchmarkRecord[];
  readonly importedIds: readonly string[];
} {
  const read = storedRecords.safeParse(stored);
  if (!read.success) return { records: [], importedIds: [] };
  const records = read.data.records.flatMap((one) => {
    const parsed = parseRecord(one);
    return parsed.ok ? [parsed.value] : [];
  });
  return { records, importedIds: read.data.importedIds };
}

const mostRecords = 40;

/** Characters of JSON: browsers give a site about five million. */
const mostText = 2_000_000;

/** The newest runs, as many as fit; the first always does. */
export function boundedRecords(records: readonly BenchmarkRecord[]): readonly BenchmarkRecord[] {
  const newest = records.slice(0, mostRecords);
  let text = 0;
  const tooMany = newest.findIndex((one, index) => {
    text += JSON.stringify(one).length;
    return index > 0 && text > mostText;
  });
  return tooMany < 0 ? newest : newest.slice(0, tooMany);
}

/** The newest runs that the browser takes, fewer and fewer until it does. `write` gives whether it did. */
export function storeRecords(
  records: readonly BenchmarkRecord[],
  write: (kept: readonly BenchmarkRecord[]) => boolean,
): readonly BenchmarkRecord[] {
  let kept = boundedRecords(records);
  while (!write(kept)) {
    if (kept.length === 0) return kept;
    kept = kept.slice(0, Math.floor(kept.length / 2));
  }
  return kept;
}
