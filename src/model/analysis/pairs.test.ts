import { describe, expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { keysInOrder, pairLayers } from "./pairs.ts";

const atto = presetOf("inceptionnext_atto").architecture;

function edited(path: string, value: unknown): Architecture {
  const result = editByPath(atto, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe("pairs of layers", () => {
  it("hold every layer of both once", () => {
    for (const other of [lower(edited("stages[1].depth", 5)), lowerResnet50()]) {
      const pairs = pairLayers(lower(atto), other);
      expect(pairs.flatMap(({ a }) => a ?? [])).toEqual(lower(atto).nodes);
      expect(new Set(pairs.flatMap(({ b }) => b ?? []))).toEqual(new Set(other.nodes));
    }
  });

  it("are alike where nothing was edited", () => {
    const pairs = pairLayers(lower(atto), lower({ ...atto, name: "other" }));
    expect(pairs.every(({ a, b, isAlike }) => isAlike && a?.id === b?.id)).toBe(true);
  });

  it("put the layers of the other family beside those that do the same", () => {
    const other = edited("stages[0].tokenMixer", { kind: "depthwise", kernelSize: 7, convRatio: 1 });
    const inMixer = pairLayers(lower(atto), lower(other)).filter(({ a, b }) =>
      (a ?? b)?.id.startsWith("stages.0.blocks.0.token_mixer"),
    );
    expect(inMixer[1]).toMatchObject({
      a: { op: { kernelSize: [3, 3] } },
      b: { op: { kernelSize: [7, 7] } },
      isAlike: false,
    });
    expect(inMixer.filter(({ b }) => b === undefined)).toHaveLength(4);
  });
});

it("norms of two kinds stand beside each other", () => {
  const convnext = lower(presetOf("convnext_tiny").architecture);
  const pairs = pairLayers(lower(presetOf("inceptionnext_tiny").architecture), convnext);
  expect(pairs.find(({ a }) => a?.id === "stages.1.blocks.2.norm")).toMatchObject({
    b: { id: "stages.1.2.norm", op: { kind: "layerNorm" } },
    isAlike: false,
  });
});

it("keys of both stand where they stand in their own list", () => {
  expect(keysInOrder(["a", "b", "d"], ["x", "a", "c", "d", "y", "z"])).toEqual([
    "x",
    "a",
    "c",
    "b",
    "d",
    "y",
    "z",
  ]);
});
