import { describe, expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import type { Architecture } from "../../../model/architecture/schema.ts";
import type { Measurement, MeasureRequest } from "../../../model/engine/api.ts";
import { EngineError } from "../../../model/runtime/errors.ts";
import type { SweepResult } from "./kept.ts";
import { isRefused, pointsOf } from "./points.ts";
import { progressText, runSweep } from "./runSweep.ts";
import { sweepKey } from "./sweepStore.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const path = "stages[2].depth";
const points = pointsOf(atto, [{ path, values: [2, 4, 8] }], undefined).flatMap((point) =>
  isRefused(point) ? [] : [point],
);

/** A network of depth d in stage 3 takes d milliseconds. */
function measurementOf({ variants, batch, runs }: MeasureRequest): Measurement {
  const msOf = (network: MeasureRequest["variants"][number]["architecture"]) =>
    "stages" in network ? network.stages[2].depth : 0;
  const [a = 0, b = 1] = variants.map(({ architecture }) => msOf(architecture));
  const results = variants.map(({ name }, place) => {
    const ms = place === 0 ? a : b;
    const times = { medianMs: ms, p90Ms: ms, p95Ms: ms, p99Ms: ms, samplesMs: [ms] };
    const coldStart = { buildMs: 1, firstMs: 1, compiled: 0 };
    return {
      name,
      ...times,
      batch,
      runs,
      imagesPerSecond: 1000 / ms,
      kernels: "stock" as const,
      dispatches: 1,
      coldStart,
    };
  });
  return {
    backend: { name: "cpu", adapter: "CPU", isSoftware: false, reason: "A test." },
    environment: { browser: "a test", tfjs: "4", crossOriginIsolated: false },
    settings: { batch, runs, warmup: 2 },
    results,
    ratios: [{ a: "point", b: "unswept", median: a / b, low: a / b, high: a / b, rounds: runs }],
    discarded: { hidden: 0, busy: 0 },
  };
}

const setUp = (measure: (request: MeasureRequest) => Promise<Measurement>, hasAccuracy = false) => {
  const results = new Map<string, SweepResult>();
  const refused = new Map<string, string>();
  const unswept: number[] = [];
  const told: string[] = [];
  let time = 0;
  const run = runSweep(
    {
      architecture: atto,
      points,
      batch: 1,
      runs: 5,
      hasAccuracy,
      onUnsweptAccuracy: (top1) => unswept.push(top1),
      onResult: (key, result) => results.set(key, result),
      onRefused: (key, reason) => refused.set(key, reason),
      now: () => (time += 10_000),
    },
    {
      measure,
      accuracy: async ({ stages }: Architecture) => ({
        top1: stages[2].depth / 10,
        images: 10,
        provenance: { badge: "pretrained", carried: 1 },
      }),
    },
    (_done, what) => told.push(what),
  );
  return { run, results, refused, unswept, told };
};

describe("a sweep", () => {
  it("measures point by point, each in turn with the unswept network", async () => {
    const requests: MeasureRequest[] = [];
    const { run, results, told } = setUp(async (request) => {
      requests.push(request);
      return measurementOf(request);
    });
    await run;
    expect(requests.map(({ variants }) => variants.map(({ architecture }) => architecture))).toEqual(
      points.map(({ architecture }) => [architecture, atto]),
    );
    expect([...results.values()].map(({ medianMs, ratio }) => [medianMs, ratio.median])).toEqual([
      [2, 2 / 6],
      [4, 4 / 6],
      [8, 8 / 6],
    ]);
    expect(told).toEqual([
      "Depth of stage 3 2 · 1 of 3",
      "Depth of stage 3 4 · 2 of 3 · about 40 s left",
      "Depth of stage 3 8 · 3 of 3 · about 15 s left",
    ]);
  });

  it("adds accuracies where they are wanted, the unswept network's first", async () => {
    const { run, results, unswept } = setUp(async (request) => measurementOf(request), true);
    await run;
    expect(unswept).toEqual([0.6]);
    expect([...results.values()].map(({ accuracy }) => accuracy)).toEqual([0.2, 0.4, 0.8]);
  });

  it("goes on past a point that the device refuses, and ends where the sweep is stopped, keeping what is done", async () => {
    let calls = 0;
    const { run, results, refused } = setUp(async (request) => {
      calls += 1;
      if (calls === 1) throw new EngineError("overLimits", "A layer is too large.");
      if (calls === 3) throw new EngineError("cancelled", "It was stopped.");
      return measurementOf(request);
    });
    await expect(run).rejects.toThrow("It was stopped.");
    expect([...refused]).toEqual([[`${path}=2`, "A layer is too large."]]);
    expect([...results.keys()]).toEqual([`${path}=4`]);
  });
});

it.each([
  [30, "about 30 s left"],
  [600, "about 10 min left"],
  [9000, "about 2.5 h left"],
])("with %d s a point says %s", (seconds, text) => {
  expect(progressText({ values: { [path]: 2 } }, 1, 2, seconds * 1000)).toContain(text);
});

describe("what is kept of a sweep", () => {
  it("comes back as it was", () => {
    const result = {
      medianMs: 2,
      p90Ms: 3,
      imagesPerSecond: 500,
      unsweptMs: 4,
      ratio: { median: 0.5, low: 0.4, high: 0.6, rounds: 9 },
    };
    const measured = {
      architecture: atto,
      batch: 1,
      runs: 9,
      device: "CPU",
      results: { [`${path}=2`]: result },
      refused: {},
    };
    const kept = {
      ...sweepKey.parse(undefined).value,
      source: "swept",
      runs: 9,
      metric: "latency",
      measured,
    };
    expect(sweepKey.parse(JSON.parse(JSON.stringify(kept)))).toEqual({ value: kept, isWhole: true });
  });

  it("is nothing where it cannot be read, and the rest stays", () => {
    const defaults = sweepKey.parse("nonsense").value;
    expect(defaults.measured).toBeUndefined();
    expect(defaults.drafts).toHaveLength(1);
    const damaged = { ...defaults, runs: 7, measured: { architecture: { version: 9 }, results: {} } };
    expect(sweepKey.parse(damaged).value).toMatchObject({ runs: 7, measured: undefined });
  });
});
