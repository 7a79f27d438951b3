import { describe, expect, it } from "vitest";
import { edit } from "../../../model/architecture/edits.ts";
import { presetOf } from "../../../model/architecture/presets.ts";
import { lower } from "../../../model/graph/lower.ts";
import { lowerResnet50 } from "../../../model/graph/resnet50.ts";
import { alignModules } from "./align.ts";

const { architecture } = presetOf("inceptionnext_atto");
const graph = lower(architecture);

function edited(path: Parameters<typeof edit>[1], value: unknown) {
  const result = edit(architecture, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return lower(result.value);
}

const marked = (rows: ReturnType<typeof alignModules>) =>
  rows.filter(({ a, b }) => a?.difference || b?.difference).map(({ key }) => key);

describe("alignModules", () => {
  it("marks nothing where two networks are the same", () => {
    const rows = alignModules(graph, lower(architecture));
    expect(marked(rows)).toEqual([]);
    // Image, stem, head; four stages; three downsamples; blocks.
    expect(rows).toHaveLength(3 + 4 + 3 + (2 + 2 + 6 + 2));
    expect(rows.map(({ key }) => key).slice(0, 5)).toEqual([
      "image",
      "stem",
      "stage 0",
      "stage 0/block 0",
      "stage 0/block 1",
    ]);
  });

  it("marks the blocks of the stage whose band kernel was edited, and names the kernels", () => {
    const rows = alignModules(graph, edited("stages[2].tokenMixer.bandKernelSize", 11));
    expect(marked(rows)).toEqual(["stage 2", ...Array.from({ length: 6 }, (_, i) => `stage 2/block ${i}`)]);
    const row = rows.find(({ key }) => key === "stage 2/block 0");
    expect(row?.a?.kernels).toEqual(
      expect.arrayContaining([
        [3, 3],
        [1, 9],
        [9, 1],
      ]),
    );
    expect(row?.b?.kernels).toEqual(
      expect.arrayContaining([
        [3, 3],
        [1, 11],
        [11, 1],
      ]),
    );
  });

  it("leaves a gap where one has no such block", () => {
    const rows = alignModules(graph, edited("stages[1].depth", 3));
    const at = rows.findIndex(({ key }) => key === "stage 1/block 2");
    expect(rows[at]).toMatchObject({ a: undefined, b: { difference: "onlyHere" } });
    expect(rows[at - 1]?.key).toBe("stage 1/block 1");
  });

  it("takes networks of another family", () => {
    const rows = alignModules(graph, lowerResnet50());
    expect(rows.find(({ key }) => key === "stage 0/block 2")).toMatchObject({ a: undefined });
    expect(rows.find(({ key }) => key === "head")?.b?.difference).toBe("differs");
  });

  it("has every layer of both in the module that holds it", () => {
    for (const other of [edited("stages[1].depth", 3), lowerResnet50()]) {
      const rows = alignModules(graph, other);
      const layers = rows.flatMap((row) => row.layers);
      const count = ({ nodes }: typeof graph) => nodes.filter(({ op }) => op.kind !== "input").length;
      expect(layers.filter(({ a }) => a)).toHaveLength(count(graph));
      expect(layers.filter(({ b }) => b)).toHaveLength(count(other));
      for (const { a, layers: held, key } of rows) {
        if (!a || /^stage \d$/.test(key)) continue;
        expect(a.params, key).toBe(held.reduce((sum, layer) => sum + (layer.a?.params ?? 0), 0));
      }
    }
  });

  it("marks the layers of a block that differ, and no others", () => {
    const rows = alignModules(graph, edited("stages[2].tokenMixer.bandKernelSize", 11));
    const { layers } = rows.find(({ key }) => key === "stage 2/block 0") ?? { layers: [] };
    expect(layers.filter(({ a }) => a?.difference).map(({ key }) => key.split(".").at(-1))).toEqual([
      "dwconv_w",
      "dwconv_h",
    ]);
  });
});
