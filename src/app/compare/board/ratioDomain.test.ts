import { describe, expect, it } from "vitest";
import { placeIn, ratioDomain } from "./ratioDomain.ts";

const against = (low: number, high: number) => ({
  median: 1,
  low,
  high,
  rounds: 8,
  verdict: "undecided" as const,
});

describe("the axis of the intervals", () => {
  it("has room for every interval, the same on both sides of 1", () => {
    const [low, high] = ratioDomain([against(0.25, 0.5), undefined, against(0.9, 1.5)]);
    expect(low).toBeLessThan(0.25);
    expect(low * high).toBeCloseTo(1);
  });

  it("does not blow up intervals that are all near 1, nor none at all", () => {
    const [, high] = ratioDomain([against(0.999, 1.001)]);
    expect(high).toBeGreaterThan(1.05);
    expect(ratioDomain([])).toEqual(ratioDomain([against(1, 1)]));
  });

  it("survives ratios of times that were 0", () => {
    const [low, high] = ratioDomain([against(0, Number.POSITIVE_INFINITY), against(0.5, 2)]);
    expect(low).toBeGreaterThan(0.4);
    expect(high).toBeLessThan(2.5);
  });

  it("puts twice and half equally far from 1, and what lies beyond at its end", () => {
    expect(placeIn([0.25, 4], 1)).toBeCloseTo(0.5);
    expect(placeIn([0.25, 4], 2) - 0.5).toBeCloseTo(0.5 - placeIn([0.25, 4], 0.5));
    expect(placeIn([0.25, 4], 100)).toBe(1);
    expect(placeIn([0.25, 4], 0)).toBe(0);
  });
});
