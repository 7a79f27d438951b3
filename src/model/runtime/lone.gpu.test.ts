/** @file Graphs of which most layers run alone, on every backend, held against plain loops. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Stage } from "../architecture/schema.ts";
import { GraphBuilder } from "../graph/builder.ts";
import { largestDifference } from "../graph/difference.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import { isWellConditioned, randomImage, randomWeights } from "../graph/passes/random.testing.ts";
import { layerGraphs } from "../graph/passes/randomLayers.testing.ts";
import type { LayerGraph } from "../graph/types.ts";
import { toChannelsFirst, toChannelsLast } from "./axisOrder.ts";
import { type BackendName, type RunningBackend, startBackend } from "./backends.ts";
import { networkDevice, prepareNetwork } from "./build.ts";
import type { KernelChoice } from "./runnable.ts";

const runs: readonly (readonly [BackendName, KernelChoice])[] = [
  ["webgpu", "fused"],
  ["webgpu", "stock"],
  ["wasm", "fused"],
  ["wasm", "stock"],
  ["cpu", "stock"],
];

describe.each(runs)("%s %s", (backend, kernels) => {
  let running: RunningBackend | undefined;
  beforeAll(async () => {
    running = await startBackend(backend, () => {});
  });

  it.each(Object.entries(graphs))("gives what plain loops give: %s", async (_, graph) => {
    expect(await difference(graph, kernels)).toBeLessThan(2e-5);
    running?.check();
  });

  it("gives what plain loops give, for any layers in any order", async () => {
    await fc.assert(
      // Dense convolutions have a program for each way to finish, which take a software adapter long to compile.
      fc.asyncProperty(layerGraphs(["conv2d"]), async (graph) => {
        expect(await difference(graph, kernels)).toBeLessThan(2e-5);
      }),
      { numRuns: 12 },
    );
    running?.check();
  });
});

function pooling(kernelSize: number): Stage {
  return { depth: 1, dim: 16 + kernelSize, mlpRatio: 2, tokenMixer: { kind: "pool", kernelSize } };
}

const graphs: Readonly<Record<string, LayerGraph>> = {
  "activations, norms and scales alone": build((b, x) => {
    const normed = b.norm("norm", b.gelu("gelu", x), "batchnorm");
    return b.relu("relu", b.scale("scale", b.norm("again", b.add("add", normed, x), "layernorm")));
  }),
  "PoolFormer's mixer, and pooling alone": build((b, x) => {
    const mixed = b.subtract("difference", b.averagePool2d("pool", x, [3, 3]), x);
    return b.subtract("other", mixed, b.averagePool2d("wide", mixed, [5, 1]));
  }),
  "a MetaNeXt that pools, with layer norms": lower({
    version: 2,
    family: "metanext",
    norm: "layernorm",
    inChannels: 3,
    imageSize: 32,
    numClasses: 5,
    stages: [pooling(3), pooling(5), pooling(7), pooling(3)],
    head: { kind: "mlp", mlpRatio: 2 },
  }),
  "channels of several maps": build((b, x) => {
    const part = b.channels("part", x, { start: 1, count: 4 });
    const convolved = b.depthwise("convolved", x, [3, 1], { start: 3, count: 3 });
    return b.concat("joined", [
      convolved,
      b.relu("relu", part),
      b.channels("last", x, { start: 5, count: 1 }),
    ]);
  }),
  "an output that two read": build((b, x) => {
    const linear = b.linear("linear", x, 6);
    return b.add("add", b.linear("second", b.gelu("gelu", linear), 6), linear);
  }),
  vectors: build((b, x) => {
    const pooled = b.globalAveragePool("pool", b.maxPool2d("max", x, [3, 3], 2, [1, 1]));
    return b.linear("fc", b.relu("relu", b.norm("norm", b.scale("scale", pooled), "batchnorm")), 3);
  }),
};

function build(body: (builder: GraphBuilder, input: string) => string): LayerGraph {
  const builder = new GraphBuilder();
  const output = builder.group({ id: "all", kind: "stem" }, () =>
    body(builder, builder.input("input", 6, 5)),
  );
  return builder.build(output);
}

/** Largest difference to plain loops, of the largest value where that is above 1. */
async function difference(graph: LayerGraph, kernels: KernelChoice): Promise<number> {
  const weights = randomWeights(graph);
  const [channels = 0, side = 0] = graph.nodes[0]?.output ?? [];
  const image = randomImage(channels * side ** 2);
  const expected = logitsOf(graph, weights, image);
  fc.pre(isWellConditioned(graph, weights, image, expected));
  const { build: make } = await prepareNetwork(graph, networkDevice(), kernels);
  const { network } = make(weights);
  const values = await network.run(toChannelsLast(image, [1, channels, side, side]), 1);
  network.dispose();
  const [outputs = 0, height = 1, width = 1] =
    graph.nodes.find(({ id }) => id === graph.output)?.output ?? [];
  const actual = toChannelsFirst(values, [1, height, width, outputs]);
  return largestDifference(actual, expected) / Math.max(1, ...expected.map(Math.abs));
}
