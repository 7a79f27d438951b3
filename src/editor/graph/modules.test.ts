import { describe, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { lower } from "../../model/graph/lower.ts";
import { childrenOf, findGroup } from "./modules.ts";

const names = (presetId: string, groupId: string) =>
  childrenOf(lower(presetOf(presetId).architecture), groupId).map((child) =>
    child.kind === "layer" ? child.node.id : child.group.kind,
  );

describe("childrenOf", () => {
  it("gives a stage's downsample and blocks", () => {
    expect(names("inceptionnext_atto", "stages.1")).toEqual(["downsample", "block", "block"]);
  });

  it("gives a block's parts in the order of the data", () => {
    const id = "stages.0.blocks.0";
    expect(names("inceptionnext_atto", id)).toEqual([
      "tokenMixer",
      `${id}.norm`,
      "mlp",
      `${id}.gamma`,
      `${id}.add`,
    ]);
  });

  it("gives the layer of a module that is one layer", () => {
    expect(names("convnext_tiny", "stages.0.0.dwconv")).toEqual(["stages.0.0.dwconv"]);
  });
});

it("finds groups by kind and place, and says when there is none", () => {
  const graph = lower(presetOf("convnext_tiny").architecture);
  expect(findGroup(graph, "stem")?.id).toBe("downsample_layers.0");
  expect(findGroup(graph, "mlp", { stage: 2, block: 8 })?.id).toBe("stages.2.8.mlp");
  expect(findGroup(graph, "downsample", { stage: 0 })).toBeUndefined();
});
