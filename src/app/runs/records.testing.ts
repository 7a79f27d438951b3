/** @file Records for tests. Never part of the page. */
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import type { RecordedVariant } from "./results.ts";

export function recordedVariant(
  name: string,
  network: AnyNetwork,
  { samplesMs = [10, 11, 12] }: { readonly samplesMs?: number[] } = {},
): RecordedVariant {
  return {
    name,
    network,
    kernels: "fused",
    dispatches: 40,
    coldStart: { buildMs: 20, firstMs: 30, compiled: 3 },
    samplesMs,
  };
}

export function recordWith(
  variants: readonly RecordedVariant[],
  changes: Partial<BenchmarkRecord> = {},
): BenchmarkRecord {
  return {
    version: 1,
    id: "a-run",
    startedAt: "2026-01-02T03:04:05.000Z",
    device: {
      backend: "webgpu",
      adapter: "a graphics processor",
      isSoftware: false,
      browser: "a browser",
      app: "0.1.0",
      tfjs: "4.22.0",
      crossOriginIsolated: true,
    },
    settings: { batch: 2, runs: 8, warmup: 2 },
    variants,
    discarded: { hidden: 0, busy: 0 },
    ...changes,
  };
}
