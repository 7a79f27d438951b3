/** @file Runs as files: the JSON of one or of a list of them, or a table. */
import type { Issue, Parsed } from "../../model/architecture/schema.ts";
import { looksLikeCsv, recordsFromCsv } from "../../model/benchmark/csv.ts";
import { type BenchmarkRecord, parseRecord, recordFromJson } from "../../model/benchmark/record.ts";

/** Never throws; of a list in which one run is wrong nothing is taken. */
export function readRecords(text: string): Parsed<readonly BenchmarkRecord[]> {
  if (looksLikeCsv(text)) return recordsFromCsv(text);
  if (!/^\s*\uFEFF?\s*\[/.test(text)) {
    const read = recordFromJson(text);
    return read.ok ? { ok: true, value: [read.value] } : read;
  }
  let list: unknown;
  try {
    list = JSON.parse(text.replace(/^\s*\uFEFF/, ""));
  } catch (error) {
    return { ok: false, issues: [{ path: "", message: `Not JSON: ${(error as Error).message}` }] };
  }
  const parsed = (list as readonly unknown[]).map(parseRecord);
  const issues = parsed.flatMap((one, index) =>
    one.ok ? [] : one.issues.map(({ path, message }): Issue => ({ path: `[${index}].${path}`, message })),
  );
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, value: parsed.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** As a file that `readRecords` reads. */
export function recordsToJson(records: readonly BenchmarkRecord[]): string {
  return `${JSON.stringify(records, null, 2)}\n`;
}
