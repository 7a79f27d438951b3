import { describe, expect, it } from "vitest";
import { presetOf } from "../../architecture/presets.ts";
import { GraphBuilder } from "../builder.ts";
import { lower } from "../lower.ts";
import { lowerResnet50 } from "../resnet50.ts";
import type { LayerGraph } from "../types.ts";
import { fold } from "./fold.ts";
import { fuse } from "./fuse.ts";
import type { FusedGraph } from "./fused.ts";

const fused = (preset: string): FusedGraph => fuse(fold(lower(presetOf(preset).architecture)).graph);

/** Operations that take a dispatch. */
const dispatches = ({ nodes }: FusedGraph) => nodes.filter(({ op }) => op.kind !== "input").length;

const find = ({ nodes }: FusedGraph, id: string) => nodes.find((node) => node.id === id);

/** Id and kind of all that is computed. */
const kinds = ({ nodes }: Pick<FusedGraph, "nodes">) => nodes.slice(1).map(({ id, op }) => [id, op.kind]);

function build(body: (builder: GraphBuilder, input: string) => string): LayerGraph {
  const builder = new GraphBuilder();
  let output = "";
  builder.group({ id: "all", kind: "stem" }, () => {
    output = body(builder, builder.input("input", 4, 6));
    return output;
  });
  return builder.build(output);
}

describe("fuse", () => {
  it.each([
    ["inceptionnext_atto", 3 * 12 + 4 + 3],
    ["inceptionnext_tiny", 3 * 18 + 4 + 3],
    // Two layers of the stem, and two for each of three downsamples; pool and linear in the head.
    ["convnext_tiny", 3 * 18 + 8 + 2],
  ])("makes %s %i dispatches", (preset, expected) => {
    expect(dispatches(fused(preset))).toBe(expected);
  });

  it("makes three operations of a block", () => {
    const graph = fused("inceptionnext_atto");
    const block = "stages.1.blocks.0";
    expect(find(graph, `${block}.token_mixer.concat`)).toMatchObject({
      op: {
        kind: "depthwise",
        branches: [
          { channels: { start: 20, count: 20 }, kernelSize: [3, 3] },
          { channels: { start: 40, count: 20 }, kernelSize: [1, 9] },
          { channels: { start: 60, count: 20 }, kernelSize: [9, 1] },
        ],
      },
      inputs: ["stages.1.downsample.1"],
    });
    expect(find(graph, `${block}.mlp.act`)).toMatchObject({
      op: { kind: "matmul", patch: 1, gelu: true, residual: false },
      inputs: [`${block}.token_mixer.concat`],
    });
    expect(find(graph, `${block}.add`)).toMatchObject({
      op: { kind: "matmul", gelu: false, residual: true, weight: { key: `${block}.mlp.fc2.weight` } },
      inputs: [`${block}.mlp.act`, "stages.1.downsample.1"],
    });
  });

  it("takes a layer norm into the linear layer that follows, and no other", () => {
    const graph = fused("convnext_tiny");
    expect(find(graph, "stages.0.0.act")?.op).toMatchObject({ layerNorm: { epsilon: 1e-6 }, gelu: true });
    expect(find(graph, "downsample_layers.1.0")?.op.kind).toBe("layerNorm");
  });

  it("drops mixers that pass everything through", () => {
    const off = { square: false, bandW: false, bandH: false };
    const { architecture } = presetOf("inceptionnext_atto");
    const [first, ...rest] = architecture.stages;
    const identity = { ...first, tokenMixer: { kind: "identity" } as const };
    const without = {
      ...first,
      tokenMixer: { ...first.tokenMixer, branches: off } as typeof first.tokenMixer,
    };
    for (const stage of [identity, without]) {
      const graph = fuse(fold(lower({ ...architecture, stages: [stage, ...rest] })).graph);
      expect(dispatches(graph)).toBe(dispatches(fused("inceptionnext_atto")) - first.depth);
    }
  });

  it("leaves alone what something else reads too", () => {
    const graph = build((b, x) => {
      const linear = b.linear("linear", x, 4);
      return b.add("add", b.linear("other", b.gelu("gelu", linear), 4), linear);
    });
    expect(kinds(fuse(graph))).toEqual([
      ["linear", "matmul"],
      ["gelu", "gelu"],
      ["add", "matmul"],
    ]);
  });

  it("makes one operation of each of ResNet-50's convolutions", () => {
    const graph = fuse(fold(lowerResnet50()).graph);
    // 53 convolutions, the two pools and the classifier: norms, sums and ReLUs are taken in.
    expect(dispatches(graph)).toBe(53 + 3);
    expect(find(graph, "layer2.0.relu2")).toMatchObject({
      op: { kind: "conv2d", kernelSize: [3, 3], stride: 2, padding: [1, 1], residual: false, relu: true },
      inputs: ["layer2.0.relu1"],
    });
    expect(find(graph, "layer2.0.relu3")).toMatchObject({
      op: { kind: "matmul", patch: 1, residual: true, relu: true, weight: { key: "layer2.0.conv3.weight" } },
      inputs: ["layer2.0.relu2", "layer2.0.downsample.1"],
    });
  });

  it("takes operations in only in the order in which they are computed", () => {
    const twice = build((b, x) => b.gelu("again", b.relu("rectify", b.linear("linear", x, 4))));
    expect(kinds(fuse(twice))).toEqual([
      ["rectify", "matmul"],
      ["again", "gelu"],
    ]);
    const late = build((b, x) => b.add("add", b.relu("rectify", b.linear("linear", x, 4)), x));
    expect(kinds(fuse(late))).toEqual([
      ["rectify", "matmul"],
      ["add", "add"],
    ]);
  });

  it("runs a layer that nothing takes in alone, beside fused ones", () => {
    const graph = build((b, x) => {
      const normed = b.norm("norm", b.relu("rectify", x), "batchnorm");
      const scaled = b.scale("scale", b.channels("last", normed, { start: 2, count: 2 }));
      const joined = b.concat("joined", [scaled, b.channels("first", normed, { start: 0, count: 1 })]);
      return b.gelu("activated", b.linear("linear", b.subtract("difference", joined, joined), 4));
    });
    const { nodes } = fuse(graph);
    expect(kinds({ nodes })).toEqual([
      ["rectify", "relu"],
      ["norm", "affine"],
      ["last", "channels"],
      ["scale", "affine"],
      ["joined", "channels"],
      ["difference", "subtract"],
      ["activated", "matmul"],
    ]);
    expect(nodes.find(({ id }) => id === "joined")).toMatchObject({
      inputs: ["scale", "norm"],
      op: {
        parts: [
          { input: 0, channels: { start: 0, count: 2 } },
          { input: 1, channels: { start: 0, count: 1 } },
        ],
      },
    });
  });

  it("makes one operation of pooling and the difference to it", () => {
    const difference = build((b, x) => b.subtract("difference", b.averagePool2d("pool", x, [3, 3]), x));
    expect(fuse(difference).nodes.slice(1)).toMatchObject([
      { id: "difference", inputs: ["input", "input"], op: { kind: "averagePool2d", subtracts: true } },
    ]);
    const reversed = build((b, x) => b.subtract("difference", x, b.averagePool2d("pool", x, [3, 3])));
    expect(kinds(fuse(reversed))).toEqual([
      ["pool", "averagePool2d"],
      ["difference", "subtract"],
    ]);
  });
});
