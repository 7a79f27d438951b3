import { describe, expect, it } from "vitest";
import { commonStep } from "./commonStep.ts";

describe("the step of a clock", () => {
  it("is what all its moments are multiples of, from any start", () => {
    const moments = [12, 3, 0, 7, 100].map((step) => 5_000_000_007n + BigInt(step) * 65_536n);
    expect(commonStep(moments)).toBe(65_536n);
    expect(commonStep([7n, 20n, 24n])).toBe(1n);
  });

  it("is unknown where the clock stood still", () => {
    expect(commonStep([5n, 5n])).toBe(0n);
    expect(commonStep([])).toBe(0n);
  });
});
