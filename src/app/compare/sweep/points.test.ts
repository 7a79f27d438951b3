import { describe, expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import { heatLegend } from "./heatPlot.ts";
import type { AxisDraft, SweepResult } from "./kept.ts";
import { metrics } from "./metrics.ts";
import { isRefused, mostPoints, type NetworkPoint, planOf, pointsOf, waitingIn } from "./points.ts";
import { pointLabels, sweepSummary, sweepTable } from "./words.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const path = "stages[*].tokenMixer.bandKernelSize";
const draft = (values: string, field: AxisDraft["field"] = "tokenMixer.bandKernelSize"): AxisDraft => ({
  field,
  scope: "*",
  values,
});

const result = (medianMs: number, ratio: number): SweepResult => ({
  medianMs,
  p90Ms: medianMs,
  imagesPerSecond: 1000 / medianMs,
  unsweptMs: medianMs / ratio,
  ratio: { median: ratio, low: ratio - 0.1, high: ratio + 0.1, rounds: 10 },
});

const axes = [{ path, values: [3, 4, 5, 7] }];
const points = pointsOf(atto, axes, {
  results: { [`${path}=3`]: result(10, 0.8), [`${path}=5`]: result(12, 0.96) },
  refused: { [`${path}=7`]: "It does not fit this device." },
});

describe("a plan", () => {
  it("has the axes that were typed", () => {
    expect(planOf([draft("3,5"), draft("2..4", "depth")])).toEqual({
      ok: true,
      axes: [
        { path, values: [3, 5] },
        { path: "stages[*].depth", values: [2, 3, 4] },
      ],
    });
  });

  it.each([
    [[draft("3,x")], "x is not a number."],
    [[draft("3"), draft("5")], "Both fields are the same"],
    [[draft("1..30"), draft("1..30", "depth")], `900 points; a sweep has at most ${mostPoints}`],
  ])("says what is wrong (%#)", (drafts, problem) => {
    expect(planOf(drafts)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
  });
});

describe("the points", () => {
  it("are measured, refused by the schema or the device, or waiting", () => {
    const refused = points.filter(isRefused).map(({ reason }) => reason);
    expect(refused).toEqual([expect.stringContaining("must be odd"), "It does not fit this device."]);
    expect(waitingIn(points, false)).toEqual([]);
    const more = pointsOf(atto, [{ path, values: [3, 9] }], { results: {}, refused: {} });
    expect(waitingIn(more, false)).toHaveLength(2);
  });

  it("wait for their accuracy where that is wanted", () => {
    expect(waitingIn(points, true)).toHaveLength(2);
  });

  it("are told in words, with the ends of the metric and what is missing", () => {
    expect(sweepSummary(points, metrics.ratio)).toBe(
      "From 0.80 × the unswept network's time at Band kernel 3 to 0.96 × the unswept network's time at Band kernel 5. 2 points refused.",
    );
    const waiting = pointsOf(atto, [{ path, values: [3, 5] }], undefined);
    expect(sweepSummary(waiting, metrics.latency)).toBe("2 points not measured yet.");
    expect(sweepSummary(waiting, metrics.macs)).toMatch(
      /^From .+ MACs at Band kernel 3 to .+ at Band kernel 5\.$/,
    );
  });

  it("have labels, and those that were refused nothing to open", () => {
    const [measured, refused] = pointLabels(points, metrics.ratio);
    expect(measured).toEqual({
      id: `${path}=3`,
      label: "Band kernel 3\n0.80 × the unswept network's time\n95 % interval 0.70 to 0.90",
    });
    expect(refused).toMatchObject({ label: expect.stringContaining("Refused:"), isClosed: true });
  });

  it("are rows of the table, all of them", () => {
    const { columns, rows } = sweepTable(points, axes);
    expect(rows.map(({ cells }) => cells[0])).toEqual(["3", "4", "5", "7"]);
    for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    expect(rows[0]?.cells).toContain("0.80×");
    expect(rows[1]?.cells.at(-1)).toContain("refused");
  });
});

it("counts what can be counted without running anything", () => {
  const [waiting] = pointsOf(atto, [{ path, values: [9] }], undefined);
  const point = waiting as NetworkPoint;
  expect(metrics.params.of(point)).toBe(4_156_520);
  expect(metrics.latency.of(point)).toBeUndefined();
});

describe("the legend of a heat map", () => {
  const at = (low: number, high: number) => ({ median: (low + high) / 2, low, high, rounds: 10 });
  const legendOf = (ratio: SweepResult["ratio"]) => {
    const drawn = pointsOf(atto, axes, {
      results: { [`${path}=3`]: result(10, 0.8), [`${path}=5`]: { ...result(12, 1.2), ratio } },
      refused: {},
    });
    return heatLegend({ points: drawn, metric: metrics.ratio, unswept: 1 }).map(({ label }) => label);
  };

  it("names the scale and the values of the colours", () => {
    expect(legendOf(at(0.9, 1.5))).toEqual([
      "Linear scale:",
      "0.80×",
      "1.00×",
      "1.20 × the unswept network's time",
      "In bold: the 95 % interval excludes 1×",
    ]);
  });

  it("speaks of bold numbers only where there are any", () => {
    const undecided = { ...result(10, 0.95), ratio: at(0.9, 1.1) };
    const drawn = pointsOf(atto, axes, { results: { [`${path}=3`]: undecided }, refused: {} });
    expect(heatLegend({ points: drawn, metric: metrics.ratio, unswept: 1 })).toEqual([]);
    expect(legendOf(at(1.1, 1.3)).at(-1)).toContain("In bold");
    expect(
      heatLegend({ points: drawn, metric: metrics.params, unswept: 1 }).map(({ label }) => label)[0],
    ).toBe("Linear scale:");
  });
});
