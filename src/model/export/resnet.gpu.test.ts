/** @file ResNet-50 in the runtime. That ONNX Runtime gives the exported graph the same logits is tested in `onnx.test.ts`. */
import { beforeAll, describe, expect, it } from "vitest";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { startBackend } from "../runtime/backends.ts";
import { networkDevice, prepareNetwork } from "../runtime/build.ts";
import { toChannelsLast } from "../runtime/layout.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import { resnetForward } from "./resnetForward.ts";

const size = 64;
const graph = lowerResnet50({ imageSize: size });
const input = seededInput(size, 1);
let expected: Float32Array = new Float32Array();

beforeAll(() => {
  expected = resnetForward(graph, seededWeights(graph), input);
});

describe.each([
  ["webgpu", "fused"],
  ["webgpu", "stock"],
  ["wasm", "fused"],
] as const)("ResNet-50 on %s, %s", (backend, kernels) => {
  beforeAll(async () => {
    await startBackend(backend, () => {});
  });

  it("gives the logits of plain loops", async () => {
    const { build } = await prepareNetwork(graph, networkDevice(), kernels);
    const { network } = build(seededWeights(graph));
    const logits = await network.run(toChannelsLast(input, [1, 3, size, size]), 1);
    expect(logits).toHaveLength(expected.length);
    const largest = expected.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (logits[at] ?? NaN))),
      0,
    );
    expect(largest).toBeLessThan(1e-4 * deviation(expected));
    network.dispose();
  });
});

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
