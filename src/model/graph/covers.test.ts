import { describe, expect, it } from "vitest";
import { presets } from "../architecture/presets.ts";
import { coversOf } from "./covers.ts";
import { lower } from "./lower.ts";
import { fold } from "./passes/fold.ts";
import { fuse } from "./passes/fuse.ts";
import { lowerResnet50 } from "./resnet50.ts";
import type { LayerGraph } from "./types.ts";

const piecesOf = (nodes: LayerGraph["nodes"] | ReturnType<typeof fuse>["nodes"]) =>
  [...nodes].filter(({ op }) => op.kind !== "input").map(({ id, inputs }) => ({ id, inputs }));

const layersOf = ({ nodes }: LayerGraph) => nodes.filter(({ op }) => op.kind !== "input").map(({ id }) => id);

describe("what operations cover", () => {
  it.each(presets)("is every layer of $id once, fused", ({ architecture }) => {
    const graph = lower(architecture);
    const covers = coversOf(graph, piecesOf(fuse(fold(graph).graph).nodes));
    expect([...covers.values()].flat().sort()).toEqual([...layersOf(graph)].sort());
  });

  it("is what a fused block is made of", () => {
    const graph = lower(presets[0]?.architecture ?? fail());
    const covers = coversOf(graph, piecesOf(fuse(fold(graph).graph).nodes));
    const block = "stages.1.blocks.0";
    const of = (id: string) => covers.get(`${block}.${id}`)?.map((one) => one.replace(`${block}.`, ""));
    expect(of("mlp.act")).toEqual(["norm", "mlp.fc1", "mlp.act"]);
    expect(of("add")).toEqual(["mlp.fc2", "gamma", "add"]);
    expect(of("token_mixer.concat")).toContain("token_mixer.dwconv_hw");
    expect(covers.get("stages.1.downsample.1")).toEqual(["stages.1.downsample.0", "stages.1.downsample.1"]);
  });

  it("is each layer itself where nothing was joined", () => {
    const graph = lowerResnet50();
    const covers = coversOf(graph, piecesOf(graph.nodes));
    expect([...covers]).toEqual(layersOf(graph).map((id) => [id, [id]]));
  });

  it("is a whole bottleneck's end in one, fused", () => {
    const graph = lowerResnet50();
    const covers = coversOf(graph, piecesOf(fuse(fold(graph).graph).nodes));
    expect(covers.get("layer1.1.relu3")).toEqual(
      ["conv3", "bn3", "add", "relu3"].map((name) => `layer1.1.${name}`),
    );
    expect([...covers.values()].flat().sort()).toEqual([...layersOf(graph)].sort());
  });

  it("has the norms of ResNet-50 with its convolutions, folded", () => {
    const graph = lowerResnet50();
    const covers = coversOf(graph, piecesOf(fold(graph).graph.nodes));
    expect(covers.get("layer1.0.bn1")).toEqual(["layer1.0.conv1", "layer1.0.bn1"]);
    expect([...covers.values()].flat()).toHaveLength(layersOf(graph).length);
  });
});

function fail(): never {
  throw new Error("no preset");
}
