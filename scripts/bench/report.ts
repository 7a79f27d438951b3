/** @file Under what conditions a benchmark ran, and how its figures are printed and kept. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";

export interface Conditions {
  /** Day, in UTC. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  /** Load average of the last minute: what else the machine did. */
  readonly load: number;
}

export function conditions(): Conditions {
  const all = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: all[0]?.model.trim() ?? "an unknown processor",
    cores: all.length,
    load: loadavg()[0] ?? 0,
  };
}

/** A Markdown table; columns after the first two are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column < 2 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const folder = join(import.meta.dirname, "../../docs/benchmarks");

/** Keeps a report as JSON and Markdown. */
export function save(name: string, report: unknown, markdown: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, `${name}.md`), markdown);
}
