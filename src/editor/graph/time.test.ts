import { expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { lower } from "../../model/graph/lower.ts";
import { timeShares } from "./time.ts";

const graph = lower(presetOf("inceptionnext_atto").architecture);

it("sums up over modules", () => {
  const profile = new Map(graph.nodes.map((node) => [node.id, 2]));
  const shares = timeShares(graph, profile);
  expect(shares?.totalMs).toBe(2 * graph.nodes.length);
  const inBlock = graph.nodes.filter((node) => node.id.startsWith("stages.2.blocks.3."));
  expect(shares?.msById.get("stages.2.blocks.3")).toBe(2 * inBlock.length);
  expect(shares?.msById.get("stages.2.blocks.3.norm")).toBe(2);
});

it("counts a module that is one layer once", () => {
  const convnext = lower(presetOf("convnext_tiny").architecture);
  expect(timeShares(convnext, new Map([["stages.0.0.dwconv", 3]]))?.msById.get("stages.0.0.dwconv")).toBe(3);
});

it("is nothing for a profile of another network", () => {
  expect(timeShares(graph, new Map([["stages.0.0.dwconv", 3]]))).toBeUndefined();
  expect(timeShares(graph, new Map())).toBeUndefined();
});
