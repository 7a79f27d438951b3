import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { InputError } from "./command.ts";
import { preprocess } from "./preprocess.ts";

const folder = mkdtempSync(join(tmpdir(), "preprocess-"));
const file = (name: string) => join(folder, name);
beforeAll(() => writeFileSync(file("cat.png"), ""));
afterAll(() => rmSync(folder, { recursive: true }));

const good = { input: file("cat.png"), "image-size": "224", "crop-pct": "0.875", output: file("crop.png") };
const without = (option: keyof typeof good) =>
  Object.fromEntries(Object.entries(good).filter(([name]) => name !== option));

// What is written for good input is tested end to end: it needs a browser.
it.each<readonly [what: string, given: Readonly<Record<string, string>>, message: RegExp]>([
  ["no picture", without("input"), /--input is missing/],
  ["no size", without("image-size"), /--image-size is missing/],
  ["no share", without("crop-pct"), /--crop-pct is missing/],
  ["no output", without("output"), /--output is missing/],
  ["a size that is no number", { ...good, "image-size": "big" }, /--image-size must be a whole number.*big/],
  [
    "a share of nothing",
    { ...good, "crop-pct": "0" },
    /--crop-pct must be a number from 0\.01 to 224, not 0\./,
  ],
  ["a share that is no number", { ...good, "crop-pct": "all" }, /--crop-pct must be a number.*all/],
  ["a share that leaves no pixel", { ...good, "crop-pct": "225" }, /--crop-pct must be a number/],
  ["a picture that is missing", { ...good, input: file("dog.png") }, /dog\.png: no such file/],
  ["another format", { ...good, output: file("crop.jpg") }, /--output must end in \.png/],
  [
    "a folder that is missing",
    { ...good, output: file("no/crop.png") },
    /crop\.png: no such file or directory/,
  ],
  ["a folder that is a file", { ...good, output: file("cat.png/crop.png") }, /cat\.png is not a folder/],
])("refuses %s", async (_, given, message) => {
  const args = Object.entries(given).flatMap(([option, value]) => [`--${option}`, value]);
  const error = await preprocess.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});
