import * as ort from "onnxruntime-web/wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { presets } from "../architecture/presets.ts";
import { exportOnnx } from "../export/onnx.ts";
import { deviationsApart } from "../graph/difference.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { type BackendName, type RunningBackend, startBackend } from "../runtime/backends.ts";
import { networkDevice, prepareNetwork } from "../runtime/build.ts";
import type { KernelChoice } from "../runtime/runnable.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";

const size = 64;
const batch = 2;
/** All 53 convolutions on a small image, which a software adapter runs in a moment. */
const graph = lowerResnet50({ imageSize: size, numClasses: 10 });
const weights = seededWeights(graph);
const input = seededInput(size, batch);

/** In standard deviations of the logits. */
const tolerance = 1e-4;

/** What ONNX Runtime makes of the exported graph. */
let expected = new Float32Array();

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = new URL("/node_modules/onnxruntime-web/dist/", location.href).href;
  const session = await ort.InferenceSession.create(exportOnnx(graph, weights, { batch }));
  const { logits } = await session.run({ input: new ort.Tensor("float32", input, [batch, 3, size, size]) });
  expected = (logits?.data ?? expected) as Float32Array<ArrayBuffer>;
  await session.release();
});

/** Folded kernels are TensorFlow.js's as stock ones are, which take long to compile on webgpu. */
const kernelsOf: readonly (readonly [BackendName, readonly KernelChoice[]])[] = [
  ["webgpu", ["fused", "stock"]],
  ["wasm", ["fused", "folded", "stock"]],
];

describe.each(kernelsOf)("ResNet-50 on %s", (backend, choices) => {
  let running: RunningBackend | undefined;
  beforeAll(async () => {
    running = await startBackend(backend, () => {});
  });

  it.each(choices)("gives ONNX Runtime's logits with %s kernels", async (kernels) => {
    const { build } = await prepareNetwork(graph, networkDevice(), kernels);
    const { network } = build(weights);
    const logits = await network.run(toChannelsLast(input, [batch, 3, size, size]), batch);
    running?.check();
    network.dispose();
    expect(network.kernels).toBe(kernels);
    expect(logits).toHaveLength(20);
    expect(deviationsApart(logits, expected)).toBeLessThan(tolerance);
  });

  it("runs fused where nothing is asked for", async () => {
    expect((await prepareNetwork(graph, networkDevice())).kernels).toBe("fused");
  });
});

/** Every official variant of ConvNeXt with one block a stage, on a small image. */
const convNext = presets
  .filter(({ group }) => group === "ConvNeXt")
  .map(({ id, architecture }) => {
    const [first, second, third, fourth] = architecture.stages;
    const shallow = (stage: typeof first) => ({ ...stage, depth: 1 });
    const stages = [shallow(first), shallow(second), shallow(third), shallow(fourth)] as const;
    return { id, architecture: { ...architecture, imageSize: 32, numClasses: 10, stages } };
  });

describe.each(["webgpu", "wasm"] as const)("ConvNeXt on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend, () => {});
  });

  it.each(convNext)("$id gives the logits of plain loops", async ({ architecture }) => {
    const network = lower(architecture);
    const tensors = seededWeights(network);
    const pixels = seededInput(32, 1);
    const prepared = await prepareNetwork(network, networkDevice());
    const built = prepared.build(tensors).network;
    const logits = await built.run(toChannelsLast(pixels, [1, 3, 32, 32]), 1);
    built.dispose();
    expect(built.kernels).toBe("fused");
    expect(deviationsApart(logits, logitsOf(network, tensors, pixels))).toBeLessThan(tolerance);
  });
});
