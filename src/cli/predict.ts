/**
 * @file `predict`: what a network makes of an image or of a batch that is already normalised.
 */
import { basename } from "node:path";
import { edit } from "../model/architecture/edits.ts";
import { type Architecture, limits } from "../model/architecture/schema.ts";
import { lower } from "../model/graph/lower.ts";
import { openTrained } from "./checkpoints.ts";
import { backends, type Command, count, InputError, oneOf, readArgs, required } from "./command.ts";
import { findFile, readArchitecture } from "./files.ts";
import type { PredictOrder } from "./harness.ts";

export const predict: Command = {
  usage:
    "[--architecture FILE] --weights FILE --input FILE [--image-size N] [--backend auto|webgpu|wasm|cpu] [--features ID,ID]",
  help: `Runs a network on an image, or on raw little-endian float32 in NCHW order (a file that ends in .f32; the batch
follows from its length). Images get the evaluation transform; raw input is taken as already normalised. Without an
architecture it is recognised from the weights; --image-size says what their shapes do not, or overrides the architecture's.

Prints { "backend", "adapter", "logits": [[...]], "top5": [[{ "index", "label", "probability" }]],
"features": { id: { "shape", "mean", "std" } } }. Features are outputs of layers or modules, by state_dict path.`,
  async run(args) {
    const { values } = readArgs(args, {
      architecture: { type: "string" },
      weights: { type: "string" },
      input: { type: "string" },
      "image-size": { type: "string" },
      backend: { type: "string", default: "auto" },
      features: { type: "string", default: "" },
    });
    const backend = oneOf(values.backend, "backend", backends);
    const weights = required(values.weights, "weights");
    const input = required(values.input, "input");
    const { path: weightsPath } = findFile(weights);
    const { path: inputPath, bytes } = findFile(input);
    const architecture = withImageSize(
      values.architecture === undefined
        ? (await openTrained(weights)).architecture
        : readArchitecture(values.architecture),
      values["image-size"],
    );
    const features = featureIds(values.features, architecture);
    const order: PredictOrder = {
      backend,
      architecture,
      weights: { url: "input/weights", name: basename(weightsPath) },
      input: {
        url: "input/input",
        name: basename(inputPath),
        ...(isRaw(input) ? { shape: shapeOf(input, bytes, architecture) } : {}),
      },
      features,
    };
    const files = new Map([
      ["weights", weightsPath],
      ["input", inputPath],
    ]);
    // Bundler and browser are heavy: bad input is told without them.
    const { inBrowser } = await import("./browser.ts");
    const predicted = await inBrowser({ backend, files }, (page) =>
      page.evaluate((given) => window.harness.predict(given), order),
    );
    const { carried } = predicted.provenance;
    if (carried < 1) {
      const share = `${(100 * carried).toFixed(1)} %`;
      console.error(
        `Note: ${share} of the parameters come from ${weights}; the rest is as it is before training.`,
      );
    }
    return {
      backend: predicted.backend.name,
      adapter: predicted.backend.adapter,
      logits: predicted.logits,
      top5: predicted.top,
      features: Object.fromEntries(predicted.features.map(({ id, ...feature }) => [id, feature])),
    };
  },
};

/** The architecture for images of another size, where one is given. @throws InputError */
function withImageSize(architecture: Architecture, text: string | undefined): Architecture {
  if (text === undefined) return architecture;
  const edited = edit(architecture, "imageSize", count(text, "image-size", limits.imageSize));
  if (edited.ok) return edited.value;
  throw new InputError(`--image-size: ${edited.issues[0]?.message}.`);
}

function isRaw(input: string): boolean {
  return input.toLowerCase().endsWith(".f32");
}

/** @throws InputError naming the ids that the network does not have. */
function featureIds(text: string, architecture: Architecture): readonly string[] {
  const ids = text.split(",").filter((id) => id !== "");
  const { nodes, groups } = lower(architecture);
  const known = new Set([...nodes, ...groups].map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new InputError(`--features: the network has no layer ${unknown.join(", ")}.`);
  return ids;
}

/** Shape of the batch in a raw file of so many bytes. @throws InputError unless it holds whole images. */
function shapeOf(
  file: string,
  bytes: number,
  { inChannels, imageSize }: Architecture,
): readonly [number, number, number, number] {
  const imageBytes = Float32Array.BYTES_PER_ELEMENT * inChannels * imageSize * imageSize;
  if (bytes === 0 || bytes % imageBytes !== 0) {
    const image = `${inChannels} x ${imageSize} x ${imageSize} float32, ${imageBytes} bytes`;
    throw new InputError(`${file}: ${bytes} bytes are no whole number of images of ${image}.`);
  }
  return [bytes / imageBytes, inChannels, imageSize, imageSize];
}
