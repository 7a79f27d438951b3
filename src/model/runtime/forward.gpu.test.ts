import type * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Architecture, parseArchitecture } from "../architecture/schema.ts";
import { largestDifference } from "../graph/difference.ts";
import { lower } from "../graph/lower.ts";
import type { LayerGraph, LayerNode } from "../graph/types.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { toChannelsFirst, toChannelsLast } from "./axisOrder.ts";
import { type BackendName, type RunningBackend, startBackend } from "./backends.ts";
import { buildStock, networkDevice, prepareNetwork } from "./build.ts";
import reference from "./fixtures/forward.json" with { type: "json" };
import type { KernelChoice } from "./runnable.ts";

type Reference = (typeof reference)[number];

interface Summary {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly first4: readonly number[];
}

/** In standard deviations of the logits; what the issue allows is 1e-4 for the micro networks and 1e-3 for the others. */
const tolerance = 1e-5;

const isMicro = ({ name }: Reference) => name.startsWith("micro");
const isSmall = (network: Reference) => isMicro(network) || network.name === "inceptionnext_atto";
const isNoTwin = (network: Reference) => isSmall(network) || network.name === "inceptionnext_tiny_edited";

/** Large networks take many seconds in stock operations on a software adapter, and minutes in plain JavaScript. */
const runs: readonly (readonly [BackendName, KernelChoice, (network: Reference) => boolean])[] = [
  ["webgpu", "fused", () => true],
  ["wasm", "fused", () => true],
  ["wasm", "folded", isSmall],
  ["cpu", "folded", isMicro],
];

describe.each(runs)("%s %s", (backend, kernels, runsHere) => {
  const started = useBackend(backend);
  it.each(reference.filter(runsHere))("$name gives PyTorch's logits", async (expected) => {
    const graph = lower(architectureOf(expected.architecture));
    const { build } = await prepareNetwork(graph, networkDevice(), kernels);
    const { network } = build(seededWeights(graph));
    const logits = await network.run(pixelsOf(expected), expected.batch);
    started().check();
    expect(network.kernels).toBe(kernels);
    expect(errorOf(logits, expected)).toBeLessThan(tolerance);
    network.dispose();
  });
});

const stockRuns: readonly (readonly [BackendName, (network: Reference) => boolean])[] = [
  ["webgpu", isNoTwin],
  ["wasm", isSmall],
  ["cpu", isMicro],
];

describe.each(stockRuns)("%s stock", (backend, runsHere) => {
  const started = useBackend(backend);
  it.each(reference.filter(runsHere))("$name gives PyTorch's logits and stages", async (expected) => {
    const graph = lower(architectureOf(expected.architecture));
    const { logits, features } = await stockForward(graph, expected, Object.keys(expected.features));
    started().check();
    expect(errorOf(logits, expected)).toBeLessThan(tolerance);
    for (const [id, feature] of Object.entries(expected.features)) {
      const actual = features.get(id);
      expect(actual?.shape, id).toEqual(feature.shape);
      const close = tolerance * feature.std;
      expect(Math.abs((actual?.mean ?? Number.NaN) - feature.mean), `mean of ${id}`).toBeLessThan(close);
      expect(Math.abs((actual?.std ?? Number.NaN) - feature.std), `deviation of ${id}`).toBeLessThan(close);
      expect(largestDifference(actual?.first4 ?? [], feature.first4), `first of ${id}`).toBeLessThan(close);
    }
  });
});

it.each(["webgpu", "wasm"] as const)("catches a wrong layer on %s", async (backend) => {
  await startBackend(backend, () => {});
  const expected = reference[0];
  if (!expected) throw new Error("no reference");
  const right = lower(architectureOf(expected.architecture));
  // One norm of six with a slightly wrong epsilon: nothing that anyone would see in a prediction.
  const wrongNode = (node: LayerNode): LayerNode =>
    node.id === "stages.2.blocks.1.norm" ? { ...node, op: { kind: "batchNorm", epsilon: 1e-3 } } : node;
  const wrong: LayerGraph = { ...right, nodes: right.nodes.map(wrongNode) };
  const { build } = await prepareNetwork(wrong, networkDevice());
  const { network } = build(seededWeights(wrong));
  const logits = await network.run(pixelsOf(expected), expected.batch);
  expect(errorOf(logits, expected)).toBeGreaterThan(tolerance);
});

/** Once for all tests of a block: a new device would compile everything again. */
function useBackend(name: BackendName): () => RunningBackend {
  let running: RunningBackend | undefined;
  beforeAll(async () => {
    running = await startBackend(name, () => {});
  });
  return () => {
    if (!running) throw new Error("The backend has not been started.");
    return running;
  };
}

async function stockForward(
  graph: LayerGraph,
  network: Reference,
  ids: readonly string[],
): Promise<{ readonly logits: Float32Array; readonly features: ReadonlyMap<string, Summary> }> {
  const stock = buildStock(graph, seededWeights(graph), networkDevice()).network;
  const outputs = new Map(ids.map((id) => [id, graph.groups.find((group) => group.id === id)?.output ?? id]));
  const { logits, kept } = stock.forward(pixelsOf(network), network.batch, new Set(outputs.values()));
  const values = (await logits.data()) as Float32Array;
  const features = await Promise.all(
    [...outputs].map(async ([id, output]) => [id, await summary(kept.get(output))] as const),
  );
  for (const tensor of [logits, ...kept.values()]) tensor.dispose();
  stock.dispose();
  return { logits: values, features: new Map(features) };
}

/** `[N, H, W, C]` */
function pixelsOf({ architecture: { imageSize: size }, batch }: Reference): Float32Array {
  return toChannelsLast(seededInput(size, batch), [batch, 3, size, size]);
}

/** Largest difference from PyTorch's logits, in their standard deviations. */
function errorOf(logits: Float32Array, { logits_f32_base64, logits_std }: Reference): number {
  const expected = decodeLogits(logits_f32_base64);
  expect(logits).toHaveLength(expected.length);
  return largestDifference(logits, expected) / logits_std;
}

async function summary(tensor: tf.Tensor | undefined): Promise<Summary> {
  if (!tensor) throw new Error("feature missing");
  const [n = 0, h = 0, w = 0, c = 0] = tensor.shape;
  const data = toChannelsFirst((await tensor.data()) as Float32Array, tensor.shape);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  // As torch.std: divided by n - 1.
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (data.length - 1);
  return { shape: [n, c, h, w], mean, std: Math.sqrt(variance), first4: [...data.slice(0, 4)] };
}

function decodeLogits(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}

function architectureOf(value: unknown): Architecture {
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
