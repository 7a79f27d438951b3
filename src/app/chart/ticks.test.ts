import { expect, it } from "vitest";
import { decadeTicks } from "./ticks.ts";

it("has powers of ten, and what lies between them where there are few", () => {
  expect(decadeTicks(0.8, 30)).toEqual([1, 2, 5, 10, 20]);
  expect(decadeTicks(3, 4000)).toEqual([10, 100, 1000]);
  expect(decadeTicks(0.0004, 0.02)).toEqual([0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]);
});
