import { describe, expect, it } from "vitest";
import { countUnits, msUnits, scaleOf } from "../../words/scale.ts";
import { differenceOf } from "./difference.ts";

describe("a column's scale", () => {
  const column = (values: readonly number[], units = countUnits) => {
    const { unit, format } = scaleOf(values, units);
    return [unit, ...values.map(format)];
  };

  it("takes the unit of the largest and decimals for the smallest", () => {
    expect(column([4_160_000, 28_061_000])).toEqual(["M", "4.16", "28.06"]);
    expect(column([456_000, 28_061_000])).toEqual(["M", "0.456", "28.061"]);
    expect(column([503e6, 4.2e9])).toEqual(["G", "0.503", "4.200"]);
    expect(column([12.345, 1.5], msUnits)).toEqual(["ms", "12.35", "1.50"]);
    expect(column([1234, 2345], msUnits)).toEqual(["s", "1.23", "2.35"]);
  });

  it("has no more than three decimals, and none for small whole numbers", () => {
    expect(column([56_100, 28_061_000])).toEqual(["M", "0.056", "28.061"]);
    expect(column([0, 12, 999])).toEqual(["", "0", "12", "999"]);
    expect(column([])).toEqual([""]);
  });
});

it("hides no value beside far larger ones", () => {
  const { unit, format } = scaleOf([5_740_000, 4_089_000_000], countUnits);
  expect([unit, format(5_740_000), format(4_089_000_000)]).toEqual(["G", "0.00574", "4.089"]);
  expect(scaleOf([1, 28_061_000], countUnits).format(1)).toBe("0.000001");
});

describe("a difference", () => {
  const less = { isLessBetter: true };
  it.each([
    [90, 100, less, "−10.0 %", "better"],
    [150, 100, less, "+50.0 %", "worse"],
    [150, 100, { isLessBetter: false }, "+50.0 %", "better"],
    [100, 100, less, "±0 %", "same"],
    [1200, 100, less, "×12.0", "worse"],
    [90, 100, { ...less, isDecided: false }, "−10.0 %", "same"],
  ])("of %d from %d", (value, baseline, options, text, verdict) => {
    expect(differenceOf(value, baseline, options)).toEqual({ text, verdict });
  });
});
