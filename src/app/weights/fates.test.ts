import { expect, it } from "vitest";
import type { TensorFate } from "../../model/weights/transfer.ts";
import { groupFates } from "./fates.ts";

const fate = (key: string, rule: TensorFate["rule"], elements: number, carried: number): TensorFate => ({
  key,
  rule,
  reason: "A test.",
  shape: [elements],
  sources: [key],
  elements,
  carried,
});

it("sums up fates by rule, the largest first", () => {
  const groups = groupFates([
    fate("a", "kernel cropped", 9, 9),
    fate("b", "exact", 100, 100),
    fate("c", "kernel cropped", 9, 6),
  ]);
  expect(groups.map(({ rule, elements, carried, fates }) => [rule, elements, carried, fates.length])).toEqual(
    [
      ["exact", 100, 100, 1],
      ["kernel cropped", 18, 15, 2],
    ],
  );
});
