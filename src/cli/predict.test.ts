import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { presetOf } from "../model/architecture/presets.ts";
import { InputError } from "./command.ts";
import { predict } from "./predict.ts";

const folder = mkdtempSync(join(tmpdir(), "predict-"));
const file = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(file("atto.json"), JSON.stringify(presetOf("inceptionnext_atto").architecture));
  writeFileSync(file("weights.safetensors"), "");
  writeFileSync(file("short.f32"), new Uint8Array(12));
  writeFileSync(file("empty.F32"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const micro = join(import.meta.dirname, "../model/weights/fixtures/checkpoints/micro.safetensors");

const good = {
  architecture: file("atto.json"),
  weights: file("weights.safetensors"),
  input: file("short.f32"),
};

// What comes back for good input is tested end to end: it needs a browser.
it.each<readonly [what: string, given: Readonly<Record<string, string>>, message: RegExp]>([
  ["no weights", { architecture: good.architecture, input: good.input }, /--weights is missing/],
  ["no input", { architecture: good.architecture, weights: good.weights }, /--input is missing/],
  ["weights that are missing", { ...good, weights: file("no.pth") }, /no\.pth: no such file/],
  ["a folder of weights", { ...good, weights: folder }, /not a file/],
  ["part of an image", good, /short\.f32: 12 bytes are no whole number of images of 3 x 224 x 224/],
  ["no image at all", { ...good, input: file("empty.F32") }, /0 bytes/],
  [
    "a size that is no number",
    { ...good, "image-size": "big" },
    /--image-size must be a whole number from 1 to \d+, not big/,
  ],
  [
    "a size that leaves nothing",
    { ...good, "image-size": "16" },
    /--image-size: Image size must be at least 32/,
  ],
  [
    "weights that do not say their network",
    { weights: good.weights, input: good.input },
    /weights\.safetensors: The file is empty/,
  ],
  [
    "part of an image of the network in the weights",
    { weights: micro, input: good.input },
    /12 bytes are no whole number of images of 3 x 224 x 224/,
  ],
  [
    "part of an image of the size that is given",
    { ...good, "image-size": "96" },
    /12 bytes are no whole number of images of 3 x 96 x 96/,
  ],
  ["an unknown layer", { ...good, features: "stem,stages.7,x" }, /no layer stages\.7, x/],
  ["an unknown backend", { ...good, backend: "webgl" }, /one of auto, webgpu, wasm, cpu, not webgl/],
  ["an unknown option", { ...good, fast: "1" }, /--fast/],
])("refuses %s", async (_, given, message) => {
  const args = Object.entries(given).flatMap(([option, value]) => [`--${option}`, value]);
  const error = await predict.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});
