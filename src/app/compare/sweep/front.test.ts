import { describe, expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import { frontOf, frontSummary } from "./front.ts";
import type { SweepResult } from "./kept.ts";
import { pointsOf } from "./points.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const path = "stages[2].depth";

const at = (ratio: number, accuracy?: number): SweepResult => ({
  medianMs: 10 * ratio,
  p90Ms: 10 * ratio,
  imagesPerSecond: 100 / ratio,
  unsweptMs: 10,
  ratio: { median: ratio, low: ratio, high: ratio, rounds: 10 },
  ...(accuracy !== undefined && { accuracy }),
});

const points = (results: Readonly<Record<number, SweepResult>>) =>
  pointsOf(atto, [{ path, values: [2, 4, 8] }], {
    results: Object.fromEntries(
      Object.entries(results).map(([depth, result]) => [`${path}=${depth}`, result]),
    ),
    refused: {},
  });

describe("the front", () => {
  it("of latency and parameters keeps what no other beats, the unswept network among them", () => {
    const front = frontOf(
      points({ 2: at(0.7), 4: at(1.2), 8: at(1.4) }),
      { architecture: atto, accuracy: undefined },
      "params",
    );
    // Depth 2 is fastest and smallest, so it beats the unswept network, of depth 6, too.
    expect(front.filter(({ isOnFront }) => isOnFront).map(({ name }) => name)).toEqual([
      "Depth of stage 3 2",
    ]);
    expect(front.find(({ isUnswept }) => isUnswept)).toMatchObject({ cost: 1, shown: 4_156_520 });
    const text = frontSummary(front, "params");
    expect(text).toMatch(/^One of 4 networks beats all others: Depth of stage 3 2 \(0\.70×, /);
    expect(text).toContain(
      "Another network is at least as good in both as the unswept one, and better in one.",
    );
    expect(text).toContain("intervals overlap");
  });

  it("of latency and accuracy weighs what costs time against what is right", () => {
    const front = frontOf(
      points({ 2: at(0.7, 0.5), 4: at(0.8, 0.4), 8: at(1.4, 0.95) }),
      { architecture: atto, accuracy: 0.9 },
      "accuracy",
    );
    expect(front.filter(({ isOnFront }) => isOnFront).map(({ shown }) => shown)).toEqual([0.5, 0.95, 0.9]);
    expect(frontSummary(front, "accuracy")).toMatch(
      /^For 3 of 4 networks no other is as fast and as accurate, from Depth of stage 3 2 \(0\.70×, 50\.0.% top-1\) to Depth of stage 3 8 .+The unswept network is one that no other beats\./,
    );
  });

  it("says what is missing where nothing is measured", () => {
    const none = frontOf(points({}), { architecture: atto, accuracy: 0.9 }, "accuracy");
    expect(none).toEqual([]);
    expect(frontSummary(none, "accuracy")).toBe("No point has a latency and an accuracy yet.");
    expect(frontSummary(none, "params")).toBe("No point is measured yet.");
  });
});
