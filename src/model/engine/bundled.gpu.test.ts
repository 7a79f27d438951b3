/** @file The bundled network gives what PyTorch computed from the same F16 weights. */
import { expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { parseArchitecture } from "../architecture/schema.ts";
import { largestDifference } from "../graph/difference.ts";
import { decodeImage } from "../image/decode.ts";
import { cutTile } from "../image/tiles.ts";
import { toChannelsFirst } from "../runtime/axisOrder.ts";
import { NetworkEngine } from "./engine.ts";
import facts from "./fixtures/bundledFacts.json" with { type: "json" };
import { seenBy, toInput } from "./input.ts";

const places = { site: new URL("/", document.baseURI).href };
const request = { kind: "manifest", id: facts.id, allowLarge: false } as const;

function architecture() {
  const parsed = parseArchitecture(facts.architecture);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

async function started(backend: "webgpu" | "wasm"): Promise<NetworkEngine> {
  const engine = new NetworkEngine();
  await engine.start(backend, places);
  const info = await engine.loadWeights(request);
  expect(info).toMatchObject({ id: facts.id, bytes: facts.bytes, verified: true, dataset: "fashion-mnist" });
  const built = await engine.build(architecture());
  expect(built).toMatchObject({ report: { provenance: { badge: "pretrained", carried: 1 } } });
  return engine;
}

/** The first four test images as the network reads them, `[4, 3, 64, 64]`. */
async function firstFour(): Promise<Float32Array> {
  const { sprite, preprocessing } = facts;
  const { imageSize, cropPct, mean, std } = preprocessing;
  const response = await fetch(new URL(`weights/${sprite.file}`, places.site));
  const picture = await decodeImage(await response.blob());
  const three = ([red = 0, green = 0, blue = 0]: readonly number[]) => [red, green, blue] as const;
  const format = { preprocessing: { imageSize, cropPct, mean: three(mean), std: three(std) }, channels: 3 };
  const pixels = [0, 1, 2, 3].flatMap((index) => {
    const input = toInput(format, seenBy(format, cutTile(picture, sprite.tile, sprite.columns, index)));
    return [...toChannelsFirst(input, [1, imageSize, imageSize, 3])];
  });
  return Float32Array.from(pixels);
}

it.each(["webgpu", "wasm"] as const)(
  "gives the known logits of the first test images on %s",
  async (backend) => {
    const engine = await started(backend);
    const batch = { data: await firstFour(), shape: [4, 3, 64, 64] as const };
    const { logits } = await engine.run({ batch, features: [] });
    for (const [image, expected] of facts.logits_first_4.entries()) {
      expect(largestDifference(logits[image] ?? [], expected), `image ${image}`).toBeLessThan(1e-3);
    }
  },
);

it("measures the known accuracy on the thousand test images, and less after a harmful edit", async () => {
  const engine = await started("wasm");
  const shares: number[] = [];
  const answer = await engine.accuracy((done) => shares.push(done));
  const accuracy = answer.value;
  expect(answer.architecture).toEqual(architecture());
  expect(accuracy.images).toBe(1000);
  expect(Math.abs(accuracy.top1 - facts.top1_first_1000)).toBeLessThanOrEqual(0.002);
  expect(shares.at(-1)).toBe(1);
  const edited = editByPath(architecture(), "stages[*].tokenMixer", { kind: "identity" });
  if (!edited.ok) throw new Error("invalid");
  const built = await engine.build(edited.value);
  expect(built).toMatchObject({
    report: { provenance: { badge: "partly pretrained", dataset: "fashion-mnist" } },
  });
  expect((await engine.accuracy()).value.top1).toBeLessThan(0.7);
});

it("counts for another network as for a guest: the present one, its picture and its answers stay", async () => {
  const engine = await started("wasm");
  const image = { width: 64, height: 64, data: new Uint8ClampedArray(3 * 64 * 64).fill(200) };
  await engine.setImage(image, "grey");
  const before = await engine.predict();
  const edited = editByPath(architecture(), "stages[*].tokenMixer", { kind: "identity" });
  if (!edited.ok) throw new Error("invalid");
  const [counted, meanwhile] = await Promise.all([
    engine.accuracy(undefined, edited.value),
    engine.predict(),
  ]);
  expect(counted).toMatchObject({ architecture: edited.value, weights: before.weights });
  expect(counted.value.top1).toBeLessThan(0.7);
  for (const answer of [meanwhile, await engine.predict()]) {
    expect(answer).toMatchObject({ architecture: architecture(), value: { top: before.value.top } });
  }
});

it("an accuracy goes on with the network that it began with though another takes its place", async () => {
  const engine = await started("wasm");
  const edited = editByPath(architecture(), "stages[*].tokenMixer", { kind: "identity" });
  if (!edited.ok) throw new Error("invalid");
  let built: Promise<unknown> | undefined;
  const counted = engine.accuracy(() => {
    built ??= engine.build(edited.value);
  });
  const answer = await counted;
  await built;
  expect(answer.architecture).toEqual(architecture());
  expect(Math.abs(answer.value.top1 - facts.top1_first_1000)).toBeLessThanOrEqual(0.002);
  expect((await engine.accuracy()).architecture).toEqual(edited.value);
});

it("a network keeps its own transform and class names until one with other weights stands in its place", async () => {
  const engine = await started("wasm");
  const image = { width: 90, height: 64, data: new Uint8ClampedArray(3 * 90 * 64).fill(120) };
  await engine.setImage(image);
  const before = await engine.predict();
  expect(facts.classNames).toContain(before.value.top[0]?.label);
  const loaded = await engine.loadWeights({ kind: "untrained" });
  const between = await engine.predict();
  expect(between.weights).toBe(before.weights);
  expect(between.value.top).toEqual(before.value.top);
  await engine.build(architecture());
  const after = await engine.predict();
  expect(after.weights).toBe(loaded.identity);
  expect(after.value.top[0]?.label).toMatch(/^class /);
});

it("predicts a picture with the names of the classes", async () => {
  const engine = await started("wasm");
  const response = await fetch(new URL("samples/chelsea.png", places.site));
  await engine.setImage(await response.blob());
  const { top, seen, ms } = (await engine.predict()).value;
  expect(top).toHaveLength(5);
  expect(facts.classNames).toContain(top[0]?.label);
  expect(top.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1);
  expect(seen.rgba).toHaveLength(4 * 64 * 64);
  expect(ms).toBeGreaterThan(0);
});
