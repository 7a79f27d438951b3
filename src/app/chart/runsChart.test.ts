import { expect, it } from "vitest";
import { runsSummary, runsTable } from "./runsChart.ts";

const results = [
  { name: "a", samplesMs: [2, 1, 4], medianMs: 2 },
  { name: "b", samplesMs: [20, 30, 25], medianMs: 25 },
];

it("tells the runs of each variant in words", () => {
  const text = runsSummary(results).replaceAll("\u2009", " ");
  expect(text).toBe(
    "a: 3 runs from 1.00 ms to 4.00 ms, median 2.00 ms. b: 3 runs from 20.0 ms to 30.0 ms, median 25.0 ms. The axis is logarithmic.",
  );
});

it("has one row a round, the variants side by side", () => {
  const { columns, rows } = runsTable(results);
  expect(columns.map(({ label }) => label)).toEqual(["Run", "a, ms", "b, ms"]);
  expect(rows.map(({ cells }) => cells)).toEqual([
    ["1", "2.00", "20.00"],
    ["2", "1.00", "30.00"],
    ["3", "4.00", "25.00"],
  ]);
});
