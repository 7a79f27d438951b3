import { expect, it } from "vitest";
import { keyTarget, snap } from "./steps.ts";

const ratio = { min: 0, max: 1 / 3, step: 0.0125 };

it.each([
  [0.1213, 0.125],
  [0.2478, 0.25],
  [-1, 0],
  [0.3249, 0.325],
  [0.332, 1 / 3],
  [2, 1 / 3],
])("stops at a multiple of the step: %d at %d", (value, stop) => {
  expect(snap(value, ratio)).toBe(stop);
});

it("gives decimals without rounding noise, so that floor(dim x ratio) is what it looks like", () => {
  const stops = Array.from({ length: 26 }, (_, index) => snap(index * 0.0125, ratio));
  for (const stop of stops) expect(String(stop).length).toBeLessThanOrEqual(6);
});

it.each([
  ["ArrowRight", 0.1375],
  ["ArrowDown", 0.1125],
  ["PageUp", 0.1875],
  ["PageDown", 0.0625],
  ["Home", 0],
  ["End", 1 / 3],
  ["a", undefined],
])("%s leads to %d", (key, value) => {
  expect(keyTarget(key, 0.125, ratio)).toBe(value);
});

it("comes back from the very end", () => {
  expect(keyTarget("ArrowLeft", 1 / 3, ratio)).toBe(0.325);
});
