import { expect, it } from "vitest";
import { largestDifference } from "./difference.ts";

it("is in standard deviations of what is expected", () => {
  // A deviation of 2.
  expect(largestDifference(Float32Array.of(1, 5), Float32Array.of(1, 5))).toBe(0);
  expect(largestDifference(Float32Array.of(2, 4.5), Float32Array.of(1, 5))).toBe(0.5);
});

it("is no number where one is none, or missing", () => {
  expect(largestDifference(Float32Array.of(1, Number.NaN), Float32Array.of(1, 5))).toBeNaN();
  expect(largestDifference(Float32Array.of(1), Float32Array.of(1, 5))).toBeNaN();
});

it("takes as many values as there are", () => {
  const many = Float32Array.from({ length: 1_000_000 }, (_, index) => index % 7);
  expect(largestDifference(many, many)).toBe(0);
});
