import { expect, it } from "vitest";
import { needOf } from "../analysis/limits.ts";
import { presetOf, presets } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { memoryBudget } from "./memoryBudget.ts";

const gibibyte = 2 ** 30;

it.each([
  ["half of a small device", 2, 1],
  ["half of a large one", 8, 4],
  ["no more than 4 GiB of a very large one", 32, 4],
  ["2 GiB where nothing is known", undefined, 2],
])("is %s", (_what, deviceMemory, gibibytes) => {
  expect(memoryBudget(deviceMemory)).toBe(gibibytes * gibibyte);
});

it("holds every preset with its stock twin, wherever that is", () => {
  for (const { id } of presets) {
    const graph = lower(presetOf(id).architecture);
    expect(needOf(graph, { batch: 1, isStock: true }).total, id).toBeLessThan(memoryBudget());
  }
});
