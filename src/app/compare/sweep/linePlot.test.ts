import { describe, expect, it } from "vitest";
import { lineDomain } from "./linePlot.ts";

describe("the axis of a line", () => {
  it("holds the intervals of the medians", () => {
    const [bottom, top] = lineDomain([1, 1.2], [0.9, 1.1, 1.15, 1.3], 1);
    expect(bottom).toBeLessThan(0.9);
    expect(top).toBeGreaterThan(1.3);
  });

  it("does not let one long interval press the medians flat", () => {
    const [bottom, top] = lineDomain([1, 1.2], [0.9, 8, 1.1, 1.3], 1);
    expect(bottom).toBeLessThan(0.9);
    expect(top).toBeLessThan(2);
  });
});
