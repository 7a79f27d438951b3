/** @file What a run's files are called. */
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";

/** Without an ending; the same run has the same name everywhere, and every file system takes it. */
export function fileNameOf({ startedAt, device: { backend } }: BenchmarkRecord): string {
  return `latency-${backend}-${startedAt.slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-")}`;
}
