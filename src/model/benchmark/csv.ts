/**
 * @file Records as tables for a spreadsheet, RFC 4180: one row a round. What is needed to repeat the run is in the rows, so
 * that a table becomes a record again; only the GPU's own times are left out.
 */
import type { Issue, Parsed } from "../architecture/schema.ts";
import { type BenchmarkRecord, parseRecord } from "./record.ts";

type Cell = string | number | boolean;

/** Cells by column. */
type Row = ReadonlyMap<string, string>;

/** Column heads: what tells the round, then what all rounds of a variant share, then what those of the record share. */
const columns = [
  ...[
    "variant",
    "kernels",
    "round",
    "ms",
    "record",
    "started_at",
    "backend",
    "adapter",
    "is_software",
    "driver",
  ],
  ...["browser", "app", "tfjs", "cross_origin_isolated", "batch", "warmup", "runs"],
  ...["discarded_hidden", "discarded_busy", "dispatches", "build_ms", "first_ms", "compiled", "network"],
] as const;

/** A variant's network, as JSON, stands in its first row. A text that a spreadsheet would take for a formula begins with an apostrophe. */
export function recordToCsv({ id, startedAt, device: on, ...record }: BenchmarkRecord): string {
  const { settings, discarded, variants } = record;
  const shared = [
    ...[id, startedAt, on.backend, on.adapter, on.isSoftware, on.driver ?? "", on.browser, on.app, on.tfjs],
    ...[on.crossOriginIsolated, settings.batch, settings.warmup, settings.runs],
    ...[discarded.hidden, discarded.busy],
  ];
  const rows = variants.flatMap(({ name, kernels, samplesMs, dispatches, coldStart, network }) =>
    samplesMs.map((ms, round): readonly Cell[] => [
      ...[name, kernels, round + 1, ms, ...shared],
      ...[dispatches, coldStart.buildMs, coldStart.firstMs, coldStart.compiled],
      round === 0 ? JSON.stringify(network) : "",
    ]),
  );
  return [columns, ...rows].map((row) => `${row.map(cellText).join(",")}\r\n`).join("");
}

/** Whether a text begins as such a table does. */
export function looksLikeCsv(text: string): boolean {
  return /^\uFEFF?"?variant"?,"?kernels"?,"?round"?,"?ms"?,/.test(text);
}

/** The records of a table, in its order. Never throws; whatever is wrong with one of them refuses all. */
export function recordsFromCsv(text: string): Parsed<readonly BenchmarkRecord[]> {
  const [head = [], ...lines] = rowsOf(text.replace(/^\uFEFF/, ""));
  const missing = columns.filter((column) => !head.includes(column));
  if (missing.length > 0)
    return failed({ path: "", message: `The table has no column ${missing.join(", ")}` });
  const rows = lines.map(
    (cells) => new Map(head.map((column, place) => [column, plainText(cells[place] ?? "")])),
  );
  const broken = rows.findIndex((row) => row.get("record") === "");
  if (broken >= 0) return failed({ path: `row ${broken + 2}`, message: "It breaks off" });
  const parsed = grouped(rows, (row) => row.get("record") ?? "").map((own) => parseRecord(recordIn(own)));
  const issues = parsed.flatMap((one) => (one.ok ? [] : one.issues));
  if (issues.length > 0) return failed(...issues);
  if (parsed.length === 0) return failed({ path: "", message: "The table has no rows" });
  return { ok: true, value: parsed.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** What the rows of one record say; nothing of it is checked. */
function recordIn(rows: readonly Row[]): unknown {
  const [first] = rows;
  const common = (column: (typeof columns)[number]) => first?.get(column) ?? "";
  const driver = common("driver");
  return {
    version: 1,
    id: common("record"),
    startedAt: common("started_at"),
    device: {
      backend: common("backend"),
      adapter: common("adapter"),
      isSoftware: truth(common("is_software")),
      ...(driver === "" ? {} : { driver }),
      browser: common("browser"),
      app: common("app"),
      tfjs: common("tfjs"),
      crossOriginIsolated: truth(common("cross_origin_isolated")),
    },
    settings: {
      batch: number(common("batch")),
      runs: number(common("runs")),
      warmup: number(common("warmup")),
    },
    variants: grouped(rows, (row) => `${row.get("kernels")} ${row.get("variant")}`).map((rounds) => {
      const ordered = rounds.toSorted((a, b) => number(a.get("round") ?? "") - number(b.get("round") ?? ""));
      const of = (column: (typeof columns)[number]) => ordered[0]?.get(column) ?? "";
      return {
        name: of("variant"),
        network: json(of("network")),
        kernels: of("kernels"),
        dispatches: number(of("dispatches")),
        coldStart: {
          buildMs: number(of("build_ms")),
          firstMs: number(of("first_ms")),
          compiled: number(of("compiled")),
        },
        samplesMs: ordered.map((row) => number(row.get("ms") ?? "")),
      };
    }),
    discarded: { hidden: number(common("discarded_hidden")), busy: number(common("discarded_busy")) },
  };
}

/** In the order of their first rows. */
function grouped(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** A formula, or what begins with the apostrophe that guards one. */
const formula = /^['=+\-@\t\r]/;

function cellText(value: Cell): string {
  const plain = typeof value === "string" && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function plainText(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Cells of every row that has any; quotes enclose commas, line ends and doubled quotes. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.some((cell) => cell !== "")) rows.push(row);
    row = [];
  }
  return rows;
}

/** NaN, which no record takes, where it is none. */
function number(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** Spreadsheets write them in capitals. */
function truth(text: string): unknown {
  return { true: true, false: false }[text.toLowerCase()];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(...issues: readonly Issue[]): { readonly ok: false; readonly issues: readonly Issue[] } {
  return { ok: false, issues };
}
