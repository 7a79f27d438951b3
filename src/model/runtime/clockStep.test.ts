import { describe, expect, it } from "vitest";
import { clockStep } from "./clockStep.ts";

describe("the step of a clock", () => {
  it("is what all its moments are multiples of, from any start", () => {
    const moments = [12, 3, 0, 7, 100].map((step) => 5_000_000_007n + BigInt(step) * 65_536n);
    expect(clockStep(moments)).toBe(65_536n);
  });

  it("is no less than it was, where a coarse clock was rounded to nanoseconds", () => {
    // Steps of 2^16 ticks of 83.3 ns.
    const moments = [0, 1, 4, 5, 11].map((step) => BigInt(Math.round(step * 65_536 * 83.333)));
    expect(Number(clockStep(moments))).toBeCloseTo(65_536 * 83.333, -1);
  });

  it("is at most the smallest distance of a fine clock", () => {
    expect(clockStep([7_000n, 20_001n, 24_013n, 24_013n])).toBe(4_012n);
  });

  it("is unknown where the clock stood still", () => {
    expect(clockStep([5n, 5n])).toBe(0n);
    expect(clockStep([])).toBe(0n);
  });
});
