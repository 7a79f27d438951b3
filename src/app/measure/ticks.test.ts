import { expect, it } from "vitest";
import { ticksUpTo } from "./ticks.ts";

it.each([
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [12.3, [0, 5, 10, 15]],
  [48, [0, 10, 20, 30, 40, 50]],
  [99, [0, 20, 40, 60, 80, 100]],
  [0.034, [0, 0.01, 0.02, 0.03, 0.04]],
])("an axis up to %d has ticks %j", (largest, ticks) => {
  expect(ticksUpTo(largest)).toEqual(ticks);
});
