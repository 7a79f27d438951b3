import fc from "fast-check";
import * as ort from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { type Architecture, parseArchitecture, type Stage } from "../architecture/schema.ts";
import { GraphBuilder } from "../graph/builder.ts";
import { deviationsApart, largestDifference } from "../graph/difference.ts";
import { elementCount } from "../graph/elementCount.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import type { LayerGraph } from "../graph/types.ts";
import type { TokenMixer } from "../mixers/table.ts";
import reference from "../runtime/fixtures/forward.json" with { type: "json" };
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { exportOnnx } from "./onnx.ts";
import { readOnnx } from "./readOnnx.testing.ts";

/** What the logits may differ by, in their standard deviations. */
const tolerance = 1e-4;

const micro = reference.filter(({ name }) => name.startsWith("micro"));

beforeAll(() => {
  ort.env.wasm.numThreads = 1;
});

describe("in ONNX Runtime", { timeout: 60_000 }, () => {
  it.each(micro)("$name gives PyTorch's logits", async (expected) => {
    const graph = lower(architectureOf(expected.architecture));
    const logits = decodeLogits(expected.logits_f32_base64);
    const given = await run(exportOnnx(graph, seededWeights(graph)), inputOf(graph, expected.batch));
    expect(given.shape).toEqual([expected.batch, 10]);
    expect(largestDifference(given.data, logits)).toBeLessThan(tolerance * expected.logits_std);
  });

  it("catches a wrong layer", async () => {
    const expected = micro[0];
    if (!expected) throw new Error("no reference");
    const right = lower(architectureOf(expected.architecture));
    const nodes = right.nodes.map((node) =>
      node.id === "stages.2.blocks.1.norm"
        ? { ...node, op: { kind: "batchNorm", epsilon: 5e-3 } as const }
        : node,
    );
    const file = exportOnnx({ ...right, nodes }, seededWeights(right));
    const given = await run(file, inputOf(right, expected.batch));
    const difference = largestDifference(given.data, decodeLogits(expected.logits_f32_base64));
    expect(difference).toBeGreaterThan(tolerance * expected.logits_std);
  });

  it("any architecture gives what plain loops give", async () => {
    await fc.assert(
      fc.asyncProperty(
        architectures(),
        fc.constantFrom("dynamic" as const, 1),
        async (architecture, batch) => {
          const graph = lower(architecture);
          const weights = seededWeights(graph);
          const input = inputOf(graph, 1);
          const given = await run(exportOnnx(graph, weights, { batch }), input);
          expectClose(given.data, logitsOf(graph, weights, input.data));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("channel ranges that overlap or leave some out are cut as well", async () => {
    const builder = new GraphBuilder();
    const output = builder.group({ id: "image", kind: "image" }, () => {
      const image = builder.input("input", 6, 5);
      return builder.concat("joined", [
        builder.channels("first", image, { start: 0, count: 4 }),
        builder.depthwise("middle", image, [3, 1], { start: 1, count: 3 }),
        builder.channels("last", image, { start: 5, count: 1 }),
        builder.channels("again", image, { start: 5, count: 1 }),
      ]);
    });
    const graph = builder.build(output);
    const weights = seededWeights(graph);
    const input = inputOf(graph, 1);
    const given = await run(exportOnnx(graph, weights), input);
    expect(given.shape).toEqual([1, 9, 5, 5]);
    expectClose(given.data, logitsOf(graph, weights, input.data));
  });

  it("averages over the pixels that exist, and subtracts", async () => {
    const builder = new GraphBuilder();
    const output = builder.group({ id: "image", kind: "image" }, () => {
      const image = builder.input("input", 3, 6);
      return builder.subtract("difference", builder.averagePool2d("pool", image, [5, 3]), image);
    });
    const graph = builder.build(output);
    const input = inputOf(graph, 1);
    const given = await run(exportOnnx(graph, new Map()), input);
    expect(given.shape).toEqual([1, 3, 6, 6]);
    expectClose(given.data, logitsOf(graph, new Map(), input.data));
  });

  it("ResNet-50 gives what plain loops give", async () => {
    const graph = lowerResnet50({ imageSize: 64, numClasses: 10 });
    const weights = seededWeights(graph);
    const input = inputOf(graph, 1);
    const given = await run(exportOnnx(graph, weights, { batch: 1 }), input);
    expectClose(given.data, logitsOf(graph, weights, input.data));
  });
});

describe("the file", () => {
  const architecture = architectureOf(micro[1]?.architecture);
  const graph = lower(architecture);
  const weights = seededWeights(graph);
  const file = exportOnnx(graph, weights, { name: "odd", architecture });
  const model = readOnnx(file);

  it("says what it is", () => {
    expect({ ir: model.irVersion, opset: model.opset, name: model.name }).toEqual({
      ir: 9,
      opset: 20,
      name: "odd",
    });
    expect(model.inputs).toEqual([["input", "batch", 3, 96, 96]]);
    expect(model.outputs).toEqual([["logits", "batch", 10]]);
    expect(JSON.parse(model.metadata["architecture"] ?? "")).toEqual(architecture);
  });

  it("takes a fixed batch, and no metadata where there is no architecture", () => {
    const fixed = readOnnx(exportOnnx(graph, weights, { batch: 4 }));
    expect(fixed.inputs).toEqual([["input", 4, 3, 96, 96]]);
    expect(fixed.outputs).toEqual([["logits", 4, 10]]);
    expect(fixed.metadata).toEqual({});
  });

  it("has a node of the same name for every layer, in order, and others only below them", () => {
    const names = model.nodes.map(({ name }) => name);
    const ids = graph.nodes.map(({ id }) => id).slice(1);
    expect(names.filter((name) => !name.includes("/"))).toEqual(ids);
    const places = new Set([...ids, ...graph.groups.map(({ id }) => id)]);
    for (const name of names) expect(places, name).toContain(name.split("/")[0]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("reads no value before it is there, and cuts a mixer's channels once", () => {
    const known = new Set(["input", ...model.initialisers.keys()]);
    for (const { name, inputs, outputs } of model.nodes) {
      for (const input of inputs) expect(known, `${name} reads ${input}`).toContain(input);
      for (const output of outputs) {
        expect(known, `${name} writes ${output}`).not.toContain(output);
        known.add(output);
      }
    }
    const splits = model.nodes.filter(({ opType }) => opType === "Split").map(({ name }) => name);
    expect(splits).toEqual(
      ["0.blocks.0", "0.blocks.1", "3.blocks.0", "3.blocks.1"].map((id) => `stages.${id}.token_mixer/split`),
    );
  });

  it.each(["micro_odd", "micro_convnext"])("holds the weights of %s under their state_dict keys", (name) => {
    const each = lower(architectureOf(micro.find((network) => network.name === name)?.architecture));
    const tensors = seededWeights(each);
    const { initialisers } = readOnnx(exportOnnx(each, tensors));
    expect([...initialisers.keys()]).toEqual([...tensors.keys()]);
    for (const [key, { shape, data }] of tensors) {
      const written = initialisers.get(key);
      expect(written?.data, key).toEqual(data);
      expect(elementCount(written?.shape ?? []), key).toBe(elementCount(shape));
    }
  });

  it("is one buffer of its own size, hardly more than the weights", () => {
    expect(file.buffer.byteLength).toBe(file.byteLength);
    const resnet = lowerResnet50({ imageSize: 64 });
    const values = 25_557_032;
    const empty = sharedWeights(resnet);
    expect(exportOnnx(resnet, empty).byteLength).toBeLessThan(1.01 * 4 * values);
  });
});

describe("refuses", () => {
  const architecture = architectureOf(micro[0]?.architecture);
  const graph = lower(architecture);

  it("weights without a tensor", () => {
    const weights = new Map(seededWeights(graph));
    weights.delete("stem.1.weight");
    expect(() => exportOnnx(graph, weights)).toThrow("The weights have no tensor stem.1.weight.");
  });

  it("a tensor of another shape", () => {
    const weights = new Map(seededWeights(graph));
    weights.set("stem.1.weight", { shape: [4], data: new Float32Array(4) });
    expect(() => exportOnnx(graph, weights)).toThrow(
      "Tensor stem.1.weight has the shape [4], the network needs [16].",
    );
  });

  it("a network larger than the format holds, before it takes the memory", () => {
    const [first, second, third, fourth] = architecture.stages;
    const wide = lower({
      ...architecture,
      stages: [first, second, third, { ...fourth, depth: 30, dim: 2048 }],
    });
    expect(() => exportOnnx(wide, sharedWeights(wide))).toThrow(
      /would take 3\.\d GB.*Make the network smaller/,
    );
  });
});

/** Zeros that share their memory. */
function sharedWeights(graph: LayerGraph): TensorMap {
  const tensors = graph.nodes.flatMap((node) => node.tensors);
  const zeros = new Float32Array(Math.max(...tensors.map(({ shape }) => elementCount(shape))));
  return new Map(
    tensors.map(({ key, shape }) => [key, { shape, data: zeros.subarray(0, elementCount(shape)) }]),
  );
}

interface Input {
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

function inputOf(graph: LayerGraph, batch: number): Input {
  const [channels = 0, size = 0] = graph.nodes[0]?.output ?? [];
  return { data: seededInput(size, batch, channels), shape: [batch, channels, size, size] };
}

async function run(
  file: Uint8Array,
  input: Input,
): Promise<{ data: Float32Array; shape: readonly number[] }> {
  const session = await ort.InferenceSession.create(file, { executionProviders: ["wasm"] });
  const { logits } = await session.run({ input: new ort.Tensor("float32", input.data, input.shape) });
  await session.release();
  if (!(logits?.data instanceof Float32Array)) throw new Error("no logits");
  return { data: logits.data, shape: logits.dims };
}

/** Small networks of every kind. */
function architectures(): fc.Arbitrary<Architecture> {
  const odd = (max: number) => fc.integer({ min: 0, max }).map((k) => 2 * k + 1);
  const mixer: fc.Arbitrary<TokenMixer> = fc.oneof(
    fc.record({
      kind: fc.constant("inception"),
      branchRatio: fc.double({ min: 0, max: 1 / 3, noNaN: true }),
      bandKernelSize: odd(5),
      squareKernelSize: odd(3),
      branches: fc.record({ square: fc.boolean(), bandW: fc.boolean(), bandH: fc.boolean() }),
    }),
    fc.record({
      kind: fc.constant("depthwise"),
      kernelSize: odd(3),
      convRatio: fc.constantFrom(0, 0.25, 0.6, 1),
    }),
    fc.record({ kind: fc.constant("pool"), kernelSize: odd(3) }),
    fc.record({ kind: fc.constant("identity") }),
  );
  const stage: fc.Arbitrary<Stage> = fc.record({
    depth: fc.integer({ min: 1, max: 2 }),
    dim: fc.integer({ min: 4, max: 24 }),
    mlpRatio: fc.double({ min: 0.5, max: 3, noNaN: true }),
    tokenMixer: mixer,
  });
  return fc.record({
    version: fc.constant(2),
    inChannels: fc.integer({ min: 1, max: 4 }),
    imageSize: fc.integer({ min: 32, max: 70 }),
    numClasses: fc.integer({ min: 2, max: 12 }),
    family: fc.constantFrom("metanext", "convnext"),
    norm: fc.constantFrom("batchnorm", "layernorm"),
    stages: fc.tuple(stage, stage, stage, stage),
    head: fc.constantFrom({ kind: "linear" } as const, { kind: "mlp", mlpRatio: 1.5 } as const),
  });
}

function architectureOf(value: unknown): Architecture {
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

/** Within the tolerance, in standard deviations of what is expected. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(deviationsApart(actual, expected)).toBeLessThan(tolerance);
}

function decodeLogits(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}
