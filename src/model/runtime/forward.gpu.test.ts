import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Architecture, parseArchitecture } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import type { LayerGraph, LayerNode } from "../graph/types.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { type BackendName, type RunningBackend, startBackend } from "./backends.ts";
import { buildNetwork } from "./build.ts";
import { DeviceWeights } from "./deviceWeights.ts";
import reference from "./fixtures/forward.json" with { type: "json" };
import { toChannelsFirst, toChannelsLast } from "./layout.ts";

interface Outcome {
  readonly logits: Float32Array;
  readonly features: Readonly<
    Record<string, { shape: number[]; mean: number; std: number; first4: number[] }>
  >;
}

/** What the issue allows, in standard deviations of the logits. */
const tolerance = (name: string) => (name.startsWith("micro") ? 1e-4 : 1e-3);

/** Big networks on a software adapter take many seconds; plain JavaScript has only the micro ones. */
const networksOf = (backend: BackendName) =>
  reference.filter(({ name }) => backend !== "cpu" || name.startsWith("micro"));

describe.each(["webgpu", "wasm", "cpu"] as const)("on %s", (backend) => {
  let running: RunningBackend | undefined;
  beforeAll(async () => {
    running = await startBackend(backend, () => {});
  });

  it.each(networksOf(backend))("$name gives PyTorch's logits and stages", async (expected) => {
    const outcome = await forward(
      architectureOf(expected.architecture),
      expected.batch,
      Object.keys(expected.features),
    );
    running?.check();
    const logits = decodeLogits(expected.logits_f32_base64);
    expect(outcome.logits).toHaveLength(logits.length);
    expect(largestDifference(outcome.logits, logits)).toBeLessThan(
      tolerance(expected.name) * expected.logits_std,
    );
    for (const [id, feature] of Object.entries(expected.features)) {
      const actual = outcome.features[id];
      expect(actual?.shape, id).toEqual(feature.shape);
      const close = tolerance(expected.name) * feature.std;
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
    node.id === "stages.2.blocks.1.norm" ? { ...node, op: { kind: "batchNorm", epsilon: 5e-3 } } : node;
  const wrong: LayerGraph = { ...right, nodes: right.nodes.map(wrongNode) };
  const outcome = await forwardGraph(wrong, expected.architecture.imageSize, expected.batch, []);
  const difference = largestDifference(outcome.logits, decodeLogits(expected.logits_f32_base64));
  expect(difference).toBeGreaterThan(tolerance(expected.name) * expected.logits_std);
});

function forward(architecture: Architecture, batch: number, features: readonly string[]): Promise<Outcome> {
  return forwardGraph(lower(architecture), architecture.imageSize, batch, features);
}

async function forwardGraph(
  graph: LayerGraph,
  size: number,
  batch: number,
  features: readonly string[],
): Promise<Outcome> {
  const { network } = buildNetwork(graph, seededWeights(graph), new DeviceWeights());
  const nhwc = toChannelsLast(seededInput(size, batch), [batch, 3, size, size]);
  const input = tf.tensor4d(nhwc, [batch, size, size, 3]);
  const outputs = new Map(
    features.map((id) => [id, graph.groups.find((group) => group.id === id)?.output ?? id]),
  );
  const { logits, kept } = network.forward(input, new Set(outputs.values()));
  const result: Outcome = {
    logits: (await logits.data()) as Float32Array,
    features: Object.fromEntries(
      await Promise.all(
        [...outputs].map(async ([id, output]) => [id, await summary(kept.get(output))] as const),
      ),
    ),
  };
  for (const tensor of [input, logits, ...kept.values()]) tensor.dispose();
  network.dispose();
  return result;
}

async function summary(tensor: tf.Tensor | undefined): Promise<Outcome["features"][string]> {
  if (!tensor) throw new Error("feature missing");
  const [n = 0, h = 0, w = 0, c = 0] = tensor.shape;
  const data = toChannelsFirst((await tensor.data()) as Float32Array, tensor.shape);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  // As torch.std: divided by n - 1.
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (data.length - 1);
  return { shape: [n, c, h, w], mean, std: Math.sqrt(variance), first4: [...data.slice(0, 4)] };
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  return Math.max(...Array.from(expected, (value, index) => Math.abs(value - (actual[index] ?? Number.NaN))));
}

function decodeLogits(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}

function architectureOf(value: unknown): Architecture {
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
