/** @file Runs as the browser keeps them: the newest, as many as there is room for. */
import { z } from "zod";
import { type BenchmarkRecord, parseRecord } from "../../model/benchmark/record.ts";
import type { Key } from "../persistence/key.ts";
import { mergeLists } from "../persistence/merge.ts";

export interface Runs {
  /** Measured here or imported, newest first. */
  readonly records: readonly BenchmarkRecord[];
  /** Ids of those that were imported. */
  readonly importedIds: readonly string[];
}

const none: Runs = { records: [], importedIds: [] };

export const runsKey: Key<Runs> = {
  name: "runs",
  version: 1,
  formerly: ["lab.records"],
  what: "the measured runs",
  parse: (stored) => {
    if (stored === undefined) return { value: none, isWhole: true };
    const read = storedRuns.safeParse(stored);
    if (!read.success) return { value: none, isWhole: false };
    const records = read.data.records.flatMap((one) => {
      const parsed = parseRecord(one);
      return parsed.ok ? [parsed.value] : [];
    });
    const isWhole = records.length === read.data.records.length;
    return { value: { records, importedIds: read.data.importedIds }, isWhole };
  },
  merge: (base, mine, theirs) => ({
    records: mergeLists(
      { base: base.records, mine: mine.records, theirs: theirs.records },
      ({ id }) => id,
      "start",
    ),
    importedIds: mergeLists(
      { base: base.importedIds, mine: mine.importedIds, theirs: theirs.importedIds },
      (id) => id,
      "end",
    ),
  }),
  part: (runs, attempt) => {
    const newest = bounded(runs.records);
    const most = Math.floor(newest.length / 2 ** attempt);
    if (attempt > 0 && most === 0) return undefined;
    return { ...runs, records: newest.slice(0, most) };
  },
};

const storedRuns = z.object({ records: z.array(z.unknown()), importedIds: z.array(z.string()).catch([]) });

const mostRecords = 40;

/** Characters of JSON: browsers give a site about five million. */
const mostText = 2_000_000;

/** The newest runs, as many as fit; the first always does. */
function bounded(records: readonly BenchmarkRecord[]): readonly BenchmarkRecord[] {
  const newest = records.slice(0, mostRecords);
  let text = 0;
  const tooMany = newest.findIndex((one, index) => {
    text += JSON.stringify(one).length;
    return index > 0 && text > mostText;
  });
  return tooMany < 0 ? newest : newest.slice(0, tooMany);
}
