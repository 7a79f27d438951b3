import { describe, expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { graphOf, resnet50 } from "../graph/network.ts";
import { differences, differingFields } from "./compare.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const convnext = presetOf("convnext_tiny").architecture;

function edited(path: string, value: unknown, architecture: Architecture = tiny): Architecture {
  const result = editByPath(architecture, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe("differing fields", () => {
  it("are named as edits name them", () => {
    const other = edited("imageSize", 192, edited("stages[2].tokenMixer.bandKernelSize", 7));
    expect(differingFields(tiny, other)).toEqual([
      { path: "imageSize", a: 224, b: 192 },
      { path: "stages[2].tokenMixer.bandKernelSize", a: 11, b: 7 },
    ]);
  });

  it("are those of both mixers where the kinds differ", () => {
    const other = edited("stages[3].tokenMixer", { kind: "depthwise", kernelSize: 7, convRatio: 1 });
    expect(differingFields(tiny, other)).toContainEqual({
      path: "stages[3].tokenMixer.kind",
      a: "inception",
      b: "depthwise",
    });
    expect(differingFields(tiny, other)).toContainEqual({
      path: "stages[3].tokenMixer.kernelSize",
      a: undefined,
      b: 7,
    });
  });

  it("leave out names and what is said by default", () => {
    const branches = { square: true, bandW: true, bandH: true };
    expect(
      differingFields(tiny, edited("stages[*].tokenMixer.branches", branches, { ...tiny, name: "x" })),
    ).toEqual([]);
    const without = edited("stages[0].tokenMixer.branches", { ...branches, bandW: false });
    expect(differingFields(tiny, without).map(({ path }) => path)).toEqual(["stages[0].tokenMixer.branches"]);
  });

  it("are the whole of a fixed network", () => {
    expect(differingFields(resnet50, resnet50)).toEqual([]);
    expect(differingFields(tiny, resnet50)).toEqual([{ path: "", a: "InceptionNeXt-T", b: "ResNet-50" }]);
  });
});

describe("differing layers", () => {
  const differing = (a: Architecture, b: Architecture) => differences(graphOf(a), graphOf(b));

  it("are none between a network and itself", () => {
    expect(differing(tiny, { ...tiny, name: "other" }).size).toBe(0);
  });

  it("are those that an edit changes, and the groups around them", () => {
    const found = differing(tiny, edited("stages[1].tokenMixer.bandKernelSize", 7));
    for (const id of ["stages.1", "stages.1.blocks.0", "stages.1.blocks.2.token_mixer.dwconv_w"]) {
      expect(found.has(id)).toBe(true);
    }
    for (const id of [
      "stages.0",
      "stages.1.blocks.0.token_mixer.dwconv_hw",
      "stages.1.blocks.0.mlp",
      "head",
    ]) {
      expect(found.has(id)).toBe(false);
    }
  });

  it("are the blocks that only one has", () => {
    const found = differing(tiny, edited("stages[2].depth", 8));
    expect(found.get("stages.2.blocks.8.mlp.fc1")).toBe("onlyHere");
    expect(found.get("stages.2.blocks.8")).toBe("onlyHere");
    expect(found.get("stages.2")).toBe("differs");
    expect(found.has("stages.2.blocks.7")).toBe(false);
    expect(found.has("stages.3.downsample")).toBe(false);
  });

  it("are a mixer that differs, and in it the branches that only one has", () => {
    const mixer = { kind: "depthwise", kernelSize: 7, convRatio: 1 };
    const found = differing(tiny, edited("stages[3].tokenMixer", mixer));
    // In the one a module with branches, in the other the layer itself.
    expect(found.get("stages.3.blocks.0.token_mixer")).toBe("differs");
    expect(found.get("stages.3.blocks.0.token_mixer.dwconv_hw")).toBe("differs");
    expect(found.get("stages.3.blocks.0.token_mixer.dwconv_w")).toBe("onlyHere");
  });

  it("are found in families that name their layers differently", () => {
    const found = differing(tiny, convnext);
    // The same pointwise convolutions, under other names.
    for (const id of ["stages.0.blocks.0.mlp.fc1", "stages.0.0.pwconv1", "stages.1.blocks.2.gamma"]) {
      expect(found.has(id)).toBe(false);
    }
    for (const id of ["stages.0.blocks.0.norm", "stages.0.0.norm", "stages.0.0.dwconv", "head.fc1", "head"]) {
      expect(found.has(id)).toBe(true);
    }
  });

  it("are all of them where nothing is alike", () => {
    const resnet = graphOf(resnet50);
    const found = differences(graphOf(tiny), resnet);
    expect(resnet.nodes.every(({ id, op }) => op.kind === "input" || found.has(id))).toBe(true);
  });
});
