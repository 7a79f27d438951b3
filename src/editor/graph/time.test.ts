import { describe, expect, it } from "vitest";
import { presetOf, presets } from "../../model/architecture/presets.ts";
import { coversOf } from "../../model/graph/covers.ts";
import { lower } from "../../model/graph/lower.ts";
import { fold } from "../../model/graph/passes/fold.ts";
import { fuse } from "../../model/graph/passes/fuse.ts";
import type { LayerGraph } from "../../model/graph/types.ts";
import { childrenOf } from "./modules.ts";
import { timesOf } from "./time.ts";

const graph = lower(presetOf("inceptionnext_atto").architecture);
const oneByOne = (ms: ReadonlyMap<string, number>) => ({ msByNode: ms, covers: new Map() });

/** As the network runs: folded and fused; every operation takes another time. */
function fusedProfile(of: LayerGraph) {
  const operations = fuse(fold(of).graph).nodes.filter(({ op }) => op.kind !== "input");
  return {
    msByNode: new Map(operations.map(({ id }, index) => [id, 1 + (index % 7) / 8])),
    covers: coversOf(of, operations),
  };
}

it("sums up over modules", () => {
  const times = timesOf(graph, oneByOne(new Map(graph.nodes.map((node) => [node.id, 2]))));
  expect(times?.totalMs).toBe(2 * graph.nodes.length);
  const inBlock = graph.nodes.filter((node) => node.id.startsWith("stages.2.blocks.3."));
  expect(times?.msById.get("stages.2.blocks.3")).toBe(2 * inBlock.length);
  expect(times?.msById.get("stages.2.blocks.3.norm")).toBe(2);
});

it("counts a module that is one layer once", () => {
  const convnext = lower(presetOf("convnext_tiny").architecture);
  const times = timesOf(convnext, oneByOne(new Map([["stages.0.0.dwconv", 3]])));
  expect(times?.msById.get("stages.0.0.dwconv")).toBe(3);
});

it("is nothing for a profile of another network", () => {
  expect(timesOf(graph, oneByOne(new Map([["stages.0.0.dwconv", 3]])))).toBeUndefined();
  expect(timesOf(graph, oneByOne(new Map()))).toBeUndefined();
});

describe("operations that do several layers", () => {
  it("stand at one of them, and the others say which", () => {
    const profile = fusedProfile(graph);
    const times = timesOf(graph, profile);
    const block = "stages.2.blocks.3";
    const ms = profile.msByNode.get(`${block}.mlp.act`);
    expect(times?.msById.get(`${block}.mlp.fc1`)).toBe(ms);
    for (const layer of ["norm", "mlp.act"]) {
      expect(times?.withinById.get(`${block}.${layer}`)).toEqual({ id: `${block}.mlp.fc1`, ms });
      expect(times?.msById.has(`${block}.${layer}`)).toBe(false);
    }
    expect(times?.othersById.get(`${block}.mlp.fc1`)).toEqual([`${block}.norm`, `${block}.mlp.act`]);
    expect(times?.withinById.get(`${block}.token_mixer.dwconv_w`)?.id).toBe(`${block}.token_mixer.concat`);
    expect(times?.withinById.has("image")).toBe(false);
  });

  it.each(presets)("count once in $id: what a module holds adds up to it", ({ architecture }) => {
    const lowered = lower(architecture);
    const times = timesOf(lowered, fusedProfile(lowered));
    if (!times) throw new Error("no times");
    const ms = (id: string) => times.msById.get(id) ?? 0;
    for (const { id } of lowered.groups) {
      if (lowered.nodes.some((node) => node.id === id)) continue;
      const held = childrenOf(lowered, id).map((child) =>
        child.kind === "group" ? child.group.id : child.node.id,
      );
      expect(
        held.reduce((sum, one) => sum + ms(one), 0),
        id,
      ).toBeCloseTo(ms(id), 9);
    }
    const top = lowered.groups.filter(({ parent }) => parent === undefined);
    expect(top.reduce((sum, { id }) => sum + ms(id), 0)).toBeCloseTo(times.totalMs, 9);
    // Every layer but the input has a time or says whose it is part of.
    for (const { id, op } of lowered.nodes) {
      if (op.kind !== "input") expect(times.msById.has(id) !== times.withinById.has(id), id).toBe(true);
    }
  });
});
