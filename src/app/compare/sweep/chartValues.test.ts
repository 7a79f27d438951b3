import { expect, it } from "vitest";
import { roomFor } from "./chartValues.ts";

it.each([
  [
    [1, 2],
    [0.92, 2.08],
  ],
  [
    [5, undefined, 5],
    [4.5, 5.5],
  ],
  [[0], [-1, 1]],
  [[undefined], [0, 1]],
])("an axis has room around %j", (values, [low = 0, high = 0]) => {
  const [bottom, top] = roomFor(values);
  expect(bottom).toBeCloseTo(low);
  expect(top).toBeCloseTo(high);
});
