import { expect, it } from "vitest";
import { deviationsApart, largestDifference } from "./difference.ts";

it("is the largest of any value, or so many standard deviations of what is expected", () => {
  const expected = Float32Array.of(1, 5);
  expect(largestDifference(expected, expected)).toBe(0);
  expect(largestDifference([2, 4.5], expected)).toBe(1);
  // A deviation of 2.
  expect(deviationsApart([2, 4.5], expected)).toBe(0.5);
});

it.each([largestDifference, deviationsApart])("is no number where one is none, missing or too many", (of) => {
  expect(of(Float32Array.of(1, Number.NaN), Float32Array.of(1, 5))).toBeNaN();
  expect(of(Float32Array.of(1), Float32Array.of(1, 5))).toBeNaN();
  expect(of(Float32Array.of(1, 5, 0), Float32Array.of(1, 5))).toBeNaN();
  // Nothing compared with nothing is no agreement.
  expect(of([], [])).toBeNaN();
});

it.each([
  ["a single value", [5], [4], 0.25],
  ["values that are all alike", [0.1, 0.15, 0.1], [0.1, 0.1, 0.1], 0.5],
  ["nothing but zeros", [0, 0.5], [0, 0], 0.5],
  ["the same single value", [4], [4], 0],
])("of %s is relative to its magnitude", (_what, actual, expected, apart) => {
  expect(deviationsApart(actual, expected)).toBeCloseTo(apart, 6);
});

it("takes as many values as there are", () => {
  const many = Float32Array.from({ length: 1_000_000 }, (_, index) => index % 7);
  expect(deviationsApart(many, many)).toBe(0);
});
