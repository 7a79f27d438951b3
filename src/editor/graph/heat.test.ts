import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { heatBounds, heatOf } from "./heat.ts";

describe("the scale", () => {
  it.each([
    [8, [0.03, 0.1, 0.3, 1, 3]],
    [2, [0.01, 0.03, 0.1, 0.3, 1]],
    [0.05, [0.0001, 0.0003, 0.001, 0.003, 0.01]],
    [450, [1, 3, 10, 30, 100]],
  ])("of %d ms in all has its bounds at %j", (total, bounds) => {
    expect(heatBounds(total)).toEqual(bounds);
  });

  it("rises, and ends between a sixth and half of the whole", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 1e5, noNaN: true }), (total) => {
        const bounds = heatBounds(total);
        expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
        expect((bounds.at(-1) ?? 0) / total).toBeLessThanOrEqual(0.5);
        expect((bounds.at(-1) ?? 0) / total).toBeGreaterThan(0.14);
      }),
    );
  });
});

it("a time has the step that it falls into", () => {
  const bounds = heatBounds(8);
  expect([0, 0.029, 0.03, 0.2, 0.3, 2.9, 3, 8].map((ms) => heatOf(ms, bounds))).toEqual([
    1, 1, 2, 3, 4, 5, 6, 6,
  ]);
});
