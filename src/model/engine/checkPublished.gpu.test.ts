/** @file A checkpoint's own network runs beside the present one and gives what PyTorch gave. */
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { startBackend } from "../runtime/backends.ts";
import { networkDevice } from "../runtime/build.ts";
import reference from "../runtime/fixtures/forward.json" with { type: "json" };
import { toChannelsLast } from "../runtime/layout.ts";
import microUrl from "../weights/fixtures/checkpoints/micro.safetensors?url";
import { seededInput } from "../weights/seeded.ts";
import { runApart } from "./checkPublished.ts";
import { NetworkEngine } from "./engine.ts";
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
  const logits = await runApart(weights, { pixels, batch: 2, size: 64 }, { device: networkDevice(), limits });
  const [expected] = reference;
  const bytes = Uint8Array.from(atob(expected?.logits_f32_base64 ?? ""), (c) => c.charCodeAt(0));
  const known = new Float32Array(bytes.buffer);
  expect(logits).toHaveLength(20);
  const differences = known.map((logit, index) => Math.abs(logit - (logits[index] ?? Number.NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
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

it("says what a checkpoint has and lacks", async () => {
  const engine = new NetworkEngine();
  await expect(engine.inspectFile(await micro())).resolves.toMatchObject({
    missing: [],
    extra: [],
    misshaped: [],
  });
  await expect(engine.inspectFile(new Blob(["nothing"]))).rejects.toMatchObject({ name: "weights" });
});
