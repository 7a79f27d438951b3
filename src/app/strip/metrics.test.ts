import { describe, expect, it } from "vitest";
import { networkCostOf } from "../../editor/store/derived.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import type { LatencyStatistics } from "../../model/engine/api.ts";
import { type EngineState, initialEngineState, type MeasuredNetwork } from "../engine/engineStore.ts";
import { attoArchitecture, attoOfDepth, emptyMeasurement, prediction } from "../engine/fakeEngine.testing.ts";
import { textOf } from "../words/format.ts";
import { metricsOf } from "./metrics.ts";

const deeper = attoOfDepth(8);
const weights = "untrained";

function read(engine: Partial<EngineState>, architecture: Architecture = deeper) {
  const metrics = metricsOf({
    architecture,
    baseline: attoArchitecture,
    cost: networkCostOf(architecture),
    baselineCost: networkCostOf(attoArchitecture),
    engine: { ...initialEngineState, ...engine },
  });
  const lines = metrics.map(({ id, value, absent, note, difference }) => [
    id,
    [value ? textOf(value) : absent, note, difference?.text, difference?.verdict]
      .filter(Boolean)
      .join(" | ")
      .replaceAll(/\s/g, " "),
  ]);
  return Object.fromEntries(lines) as Record<string, string>;
}

function latency(name: string, medianMs: number): LatencyStatistics {
  return {
    name,
    batch: 2,
    runs: 20,
    medianMs,
    p90Ms: medianMs + 1,
    p95Ms: medianMs + 1.5,
    p99Ms: medianMs + 2,
    imagesPerSecond: 2000 / medianMs,
    samplesMs: [medianMs],
    coldStart: { buildMs: 60, firstMs: 30, compiled: 4 },
    kernels: "stock",
    dispatches: 10,
  };
}

describe("the totals", () => {
  it("are counted at once, with their difference from the baseline", () => {
    expect(read({})).toMatchObject({
      params: "4.57 M | 10.0 % more | worse",
      macs: "584 M | 16.0 % more | worse",
      latency: "not run yet | one run",
      carried: "not built yet",
      accuracy: "not measured",
    });
  });

  it("have no difference where the network is the baseline", () => {
    expect(read({}, { ...attoArchitecture, name: "renamed" })["params"]).toBe("4.16 M");
  });

  it("give the time of the last prediction for what it is", () => {
    const value = prediction(20);
    expect(read({ prediction: { architecture: deeper, weights, value } })).toMatchObject({
      latency: "20.0 ms | one run",
      throughput: "50.0 images/s | one run",
    });
    expect(read({ prediction: { architecture: attoArchitecture, weights, value } })["latency"]).toContain(
      "not run",
    );
  });

  it("take a measurement of this network, with the ratio against the baseline", () => {
    const results = [latency("now", 10), latency("InceptionNeXt-A", 8)];
    const of = (low: number, high: number): MeasuredNetwork => {
      const ratios = [{ a: "now", b: "InceptionNeXt-A", median: 1.25, low, high, rounds: 20 }];
      return {
        architecture: deeper,
        against: attoArchitecture,
        value: { ...emptyMeasurement, results, ratios },
      };
    };
    const measurement = of(1.2, 1.3);
    expect(read({ measurement })).toMatchObject({
      latency: "10.0 ms | median of 20 | 1.25× slower | worse",
      throughput: "200 images/s | batch of 2 | 1.25× slower | worse",
    });
    const stale = { ...measurement, architecture: attoOfDepth(9) };
    expect(read({ measurement: stale })["latency"]).toBe("not run yet | one run");
    expect(read({ measurement: of(0.9, 1.5) })["latency"]).toBe("10.0 ms | median of 20");
    const before = { ...of(1.2, 1.3), against: attoOfDepth(9) };
    expect(read({ measurement: before })["latency"]).toBe("10.0 ms | median of 20");
  });

  it("say what carried over into this network, not into the one before", () => {
    const report = {
      provenance: { badge: "partly pretrained", carried: 0.931 },
      kernels: "folded",
      compiled: 0,
      fates: [],
      buildMs: 1,
      uploaded: 1,
      reused: 0,
      tensors: 1,
      bytes: 4,
    } as const;
    expect(read({ built: { architecture: deeper, weights, value: report } })["carried"]).toBe(
      "93.1 % | partly pretrained",
    );
    expect(read({ built: { architecture: attoArchitecture, weights, value: report } })["carried"]).toBe(
      "not built yet",
    );
  });

  it("are none of other weights", () => {
    const value = { top1: 0.5, images: 1000, provenance: { badge: "pretrained", carried: 1 } as const };
    expect(read({ accuracies: [{ architecture: deeper, weights: "others", value }] })["accuracy"]).toBe(
      "not measured",
    );
  });

  it("compare accuracies where both were measured", () => {
    const provenance = { badge: "partly pretrained", carried: 0.9 } as const;
    const measured = { architecture: deeper, weights, value: { top1: 0.5, images: 1000, provenance } };
    const before = {
      architecture: attoArchitecture,
      weights,
      value: { top1: 0.92, images: 1000, provenance },
    };
    expect(read({ accuracies: [measured] })["accuracy"]).toBe("50.0 % | 1 000 images");
    expect(read({ accuracies: [measured, before] })["accuracy"]).toBe(
      "50.0 % | 1 000 images | 42.0 points lower | worse",
    );
  });
});
