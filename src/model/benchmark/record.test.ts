import { describe, expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { resnet50 } from "../graph/network.ts";
import type { LatencyStatistics, Measurement } from "./measurement.ts";
import {
  type BenchmarkRecord,
  keyOf,
  parseRecord,
  recordFromJson,
  recordOf,
  recordToJson,
  sameDevice,
} from "./record.ts";
import { summarise } from "./statistics.ts";

const atto = presetOf("inceptionnext_atto").architecture;

const result = (name: string, samplesMs: readonly number[]): LatencyStatistics => ({
  name,
  ...summarise(samplesMs, 2),
  kernels: "fused",
  dispatches: 43,
  coldStart: { buildMs: 120, firstMs: 30, compiled: 7 },
});

const gpu = { medianMs: 1.5, samplesMs: [1.5, 1.5], resolutionMs: 0.1, repeats: 4, isResolved: true };

const measurement: Measurement = {
  backend: { name: "webgpu", adapter: "A GPU, fast", isSoftware: false, reason: "A test." },
  environment: { browser: "Browser 1.0", tfjs: "4.22.0", crossOriginIsolated: true, driver: "550.1" },
  settings: { batch: 2, runs: 2, warmup: 1 },
  results: [{ ...result("mine", [3, 3.5]), gpu }, result("ResNet-50", [9, 9.25])],
  ratios: [],
  discarded: { hidden: 1, busy: 0 },
};
const request = {
  variants: [
    { name: "mine", architecture: atto },
    { name: "ResNet-50", architecture: resnet50 },
  ],
};
const occasion = { id: "one", startedAt: "2025-01-02T03:04:05.000Z", app: "0.1.0" };
const record = recordOf(measurement, request, occasion);

const issuesOf = (input: unknown) => {
  const parsed = parseRecord(input);
  if (parsed.ok) throw new Error("accepted");
  return parsed.issues.map(({ path, message }) => `${path}: ${message}`).join("\n");
};

describe("a record", () => {
  it("is read alike where its networks are of the format's first version", () => {
    const { family: _, ...rest } = atto;
    const [mine, resnet] = record.variants;
    const old = { ...record, variants: [{ ...mine, network: { ...rest, version: 1 } }, resnet] };
    expect(recordFromJson(JSON.stringify(old))).toEqual({ ok: true, value: record });
  });

  it("holds what is needed to repeat the measurement", () => {
    expect(record).toMatchObject({
      version: 1,
      id: "one",
      startedAt: occasion.startedAt,
      device: { backend: "webgpu", adapter: "A GPU, fast", driver: "550.1", app: "0.1.0", tfjs: "4.22.0" },
      settings: { batch: 2, runs: 2, warmup: 1 },
      variants: [
        { name: "mine", network: atto, samplesMs: [3, 3.5], gpu },
        { name: "ResNet-50", network: resnet50, coldStart: { compiled: 7 } },
      ],
      discarded: { hidden: 1, busy: 0 },
    });
    expect(record.variants.map(keyOf)).toEqual(["mine (fused)", "ResNet-50 (fused)"]);
  });

  it("comes back from its file as it was", () => {
    expect(recordFromJson(`\uFEFF${recordToJson(record)}`)).toEqual({ ok: true, value: record });
  });

  it.each<readonly [what: string, change: (file: BenchmarkRecord) => unknown, message: RegExp]>([
    ["another version", (file) => ({ ...file, version: 2 }), /^version: Version must be 1$/],
    ["a field that it does not know", (file) => ({ ...file, note: "x" }), /note/],
    ["no variant", (file) => ({ ...file, variants: [] }), /^variants: /],
    [
      "a network that is none",
      (file) => ({
        ...file,
        variants: file.variants.with(0, { ...variantOf(file), network: { ...atto, imageSize: 8 } }),
      }),
      /^variants\[0\]\.network\.imageSize: Image size must be at least 32/,
    ],
    [
      "times that are none",
      (file) => ({ ...file, variants: file.variants.with(0, { ...variantOf(file), samplesMs: [1, -1] }) }),
      /^variants\[0\]\.samplesMs\[1\]: /,
    ],
    [
      "rounds that differ",
      (file) => ({
        ...file,
        variants: file.variants.with(1, { ...variantOf(file), name: "other", samplesMs: [1] }),
      }),
      /^variants\[1\]\.samplesMs: Rounds are shared/,
    ],
    [
      "two variants of one name",
      (file) => ({ ...file, variants: file.variants.with(1, variantOf(file)) }),
      /^variants\[1\]\.name: There are two variants mine \(fused\)$/,
    ],
    ["a date that is none", (file) => ({ ...file, startedAt: "yesterday" }), /^startedAt: /],
    ["an architecture", () => atto, /variants/],
    ["nothing", () => null, /expected object/],
  ])("refuses %s", (_, change, message) => {
    expect(issuesOf(change(record))).toMatch(message);
  });

  it("refuses text that is no JSON", () => {
    expect(recordFromJson("{")).toMatchObject({
      ok: false,
      issues: [{ message: expect.stringMatching(/^Not JSON/) }],
    });
  });

  it("is of the same device only where everything is the same", () => {
    const on = (change: Partial<BenchmarkRecord["device"]>) => ({
      ...record,
      device: { ...record.device, ...change },
    });
    const { driver: _driver, ...untold } = record.device;
    expect(sameDevice(record, { ...record, id: "two" })).toBe(true);
    expect(sameDevice(record, on({ adapter: "Another GPU" }))).toBe(false);
    expect(sameDevice(record, on({ tfjs: "5.0.0" }))).toBe(false);
    expect(sameDevice({ ...record, device: untold }, record)).toBe(false);
  });
});

function variantOf({ variants: [first] }: BenchmarkRecord) {
  if (!first) throw new Error("no variant");
  return first;
}
