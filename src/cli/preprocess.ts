/**
 * @file `preprocess`: what a network sees of a picture.
 */
import { basename } from "node:path";
import { type Command, count, InputError, readArgs, required } from "./command.ts";
import { findFile, findOutput } from "./files.ts";
import type { PreprocessOrder } from "./harness.ts";
import { encodePng } from "./png.ts";

/** Side of the largest input, in pixels. */
const largestInput = 4096;
/** Below it, a picture would be made a hundred times larger than what is kept of it. */
const smallestCropPct = 0.01;

export const preprocess: Command = {
  usage: "--input IMAGE --image-size N --crop-pct P --output FILE.png",
  help: `Applies the evaluation transform of the official checkpoints up to the crop: the shorter side resized to
floor(N / P) by bicubic with antialias, then the central N x N pixels. Writes them before normalisation, as 8-bit RGB.

Prints { "output", "width", "height" }.`,
  async run(args) {
    const { values } = readArgs(args, {
      input: { type: "string" },
      "image-size": { type: "string" },
      "crop-pct": { type: "string" },
      output: { type: "string" },
    });
    const input = required(values.input, "input");
    const imageSize = count(required(values["image-size"], "image-size"), "image-size", largestInput);
    const cropPct = cropPctFrom(required(values["crop-pct"], "crop-pct"), imageSize);
    const output = required(values.output, "output");
    if (!output.toLowerCase().endsWith(".png")) throw new InputError(`--output must end in .png: ${output}`);
    const { path } = findFile(input);
    const { write } = findOutput(output);
    const order: PreprocessOrder = {
      input: { url: "input/input", name: basename(path) },
      imageSize,
      cropPct,
    };
    // Bundler and browser are heavy: bad input is told without them.
    const { inBrowser } = await import("./browser.ts");
    const rgb = await inBrowser({ backend: "cpu", files: new Map([["input", path]]) }, (page) =>
      page.evaluate((given) => window.harness.preprocess(given), order),
    );
    write(encodePng({ width: imageSize, height: imageSize, data: rgb }));
    return { output, width: imageSize, height: imageSize };
  },
};

/** @throws InputError for a share that leaves no pixel of the picture. */
function cropPctFrom(text: string, imageSize: number): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value >= smallestCropPct && value <= imageSize) return value;
  throw new InputError(`--crop-pct must be a number from ${smallestCropPct} to ${imageSize}, not ${text}.`);
}
