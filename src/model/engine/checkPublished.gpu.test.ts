/** @file A checkpoint's own network runs beside the present one and gives what PyTorch gave. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { largestDifference } from "../graph/difference.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { startBackend } from "../runtime/backends.ts";
import { networkDevice } from "../runtime/build.ts";
import reference from "../runtime/fixtures/forward.json" with { type: "json" };
import microUrl from "../weights/fixtures/checkpoints/micro.safetensors?url";
import { seededInput } from "../weights/seeded.ts";
import { publishedInputs } from "./checkPublished.ts";
import { NetworkEngine } from "./engine.ts";
import { withGuest } from "./guest.ts";
import { publishedCheck } from "./publishedCheck.ts";
import { loadWeights } from "./weights.ts";

const places = { site: new URL("/", document.baseURI).href };
const micro = async () => (await fetch(microUrl)).blob();

it.each(["webgpu", "wasm"] as const)("gives the known logits of a checkpoint on %s", async (name) => {
  const { limits } = await startBackend(name, () => undefined);
  const signal = new AbortController().signal;
  const request = { kind: "file", file: await micro(), name: "micro.safetensors" } as const;
  const weights = await loadWeights(request, places, { signal, onProgress: undefined });
  const pixels = toChannelsLast(seededInput(64, 2), [2, 3, 64, 64]);
  const before = tf.memory().numTensors;
  const { architecture } = weights.info;
  if (!architecture) throw new Error("A checkpoint has its network.");
  const guest = { architecture: { ...architecture, imageSize: 64 }, weights, batch: 2 };
  const logits = await withGuest(guest, { device: networkDevice(), limits }, (network) =>
    network.run(pixels, 2),
  );
  const [expected] = reference;
  const bytes = Uint8Array.from(atob(expected?.logits_f32_base64 ?? ""), (c) => c.charCodeAt(0));
  const known = new Float32Array(bytes.buffer);
  expect(logits).toHaveLength(20);
  expect(largestDifference(logits, known)).toBeLessThan(1e-5);
  expect(tf.memory().numTensors).toBe(before);
});

it("says that the weights are missing, and leaves the present network alone", async () => {
  const engine = new NetworkEngine();
  await engine.start("wasm", places);
  await engine.loadWeights({ kind: "file", file: await micro(), name: "micro.safetensors" });
  const { architecture } = presetOf("inceptionnext_atto");
  await engine.build({ ...architecture, imageSize: 32 });
  const run = () => engine.run({ batch: { data: seededInput(32, 1), shape: [1, 3, 32, 32] }, features: [] });
  const before = await run();
  await expect(engine.checkPublished(false)).resolves.toEqual({ kind: "missing" });
  expect((await run()).logits).toEqual(before.logits);
});

it("does not take a file for the official weights because it is called so", async () => {
  const engine = new NetworkEngine();
  await engine.start("wasm", places);
  await engine.loadWeights({ kind: "file", file: await micro(), name: publishedCheck.weights });
  await expect(engine.checkPublished(false)).resolves.toEqual({ kind: "missing" });
});

it("says what a checkpoint has and lacks", async () => {
  const engine = new NetworkEngine();
  await expect(engine.inspectFile(await micro())).resolves.toMatchObject({
    missing: [],
    extra: [],
    misshaped: [],
  });
  await expect(engine.inspectFile(new Blob(["nothing"]))).rejects.toMatchObject({ name: "weights" });
});

/** By PyTorch's formula for bilinear interpolation without antialias, worked out apart on the decoded PNG. */
const photograph = {
  places: [
    { x: 0, y: 0, rgb: [0.33818, 0.07253, 0.01556] },
    { x: 223, y: 0, rgb: [-1.34442, -1.55562, -1.57641] },
    { x: 100, y: 60, rgb: [0.68262, 0.08502, -0.1763] },
    { x: 37, y: 201, rgb: [1.13235, 0.77927, 0.75406] },
    { x: 223, y: 223, rgb: [0.66215, 0.38623, 0.43244] },
  ],
  mean: [0.41092, -0.08504, -0.29169],
};

it("reads the photograph as the published numbers were made: squashed, in RGB, normalised", async () => {
  const signal = new AbortController().signal;
  const request = { kind: "file", file: await micro(), name: "micro.safetensors" } as const;
  const loaded = await loadWeights(request, places, { signal, onProgress: undefined });
  const official = { ...loaded, info: { ...loaded.info, id: publishedCheck.weights, verified: true } };
  const options = { allowLarge: false, signal, onProgress: undefined };
  const inputs = await publishedInputs(official, places, options);
  if (inputs === "declined") throw new Error("What is loaded was not used.");
  expect(inputs.weights).toBe(official);
  const { pixels } = inputs;
  const size = publishedCheck.imageSize;
  expect(pixels).toHaveLength(3 * size * size);
  for (const { x, y, rgb } of photograph.places) {
    const at = 3 * (y * size + x);
    expect([...pixels.subarray(at, at + 3)]).toEqual(rgb.map((value) => expect.closeTo(value, 4)));
  }
  const mean = [0, 0, 0];
  for (const [index, value] of pixels.entries()) {
    mean[index % 3] = (mean[index % 3] ?? 0) + value / (size * size);
  }
  expect(mean).toEqual(photograph.mean.map((value) => expect.closeTo(value, 4)));
});
