/** @file The bundled network gives what PyTorch computed from the same F16 weights. */
import { expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { parseArchitecture } from "../architecture/schema.ts";
import { decodeImage } from "../image/decode.ts";
import { cutTile } from "../image/tiles.ts";
import { toChannelsFirst } from "../runtime/layout.ts";
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
      const differences = expected.map((logit, index) =>
        Math.abs(logit - (logits[image]?.[index] ?? Number.NaN)),
      );
      expect(Math.max(...differences), `image ${image}`).toBeLessThan(1e-3);
    }
  },
);

it("measures the known accuracy on the thousand test images, and less after a harmful edit", async () => {
  const engine = await started("wasm");
  const shares: number[] = [];
  const accuracy = await engine.accuracy((done) => shares.push(done));
  expect(accuracy.images).toBe(1000);
  expect(Math.abs(accuracy.top1 - facts.top1_first_1000)).toBeLessThanOrEqual(0.002);
  expect(shares.at(-1)).toBe(1);
  const edited = editByPath(architecture(), "stages[*].tokenMixer", { kind: "identity" });
  if (!edited.ok) throw new Error("invalid");
  const built = await engine.build(edited.value);
  expect(built).toMatchObject({
    report: { provenance: { badge: "partly pretrained", dataset: "fashion-mnist" } },
  });
  expect((await engine.accuracy()).top1).toBeLessThan(0.7);
});

it("predicts a picture with the names of the classes", async () => {
  const engine = await started("wasm");
  const response = await fetch(new URL("samples/chelsea.png", places.site));
  await engine.setImage(await response.blob());
  const { top, seen, ms } = await engine.predict();
  expect(top).toHaveLength(5);
  expect(facts.classNames).toContain(top[0]?.label);
  expect(top.reduce((sum, { probability }) => sum + probability, 0)).toBeLessThanOrEqual(1);
  expect(seen.rgba).toHaveLength(4 * 64 * 64);
  expect(ms).toBeGreaterThan(0);
});
