/**
 * @file The commands that drive a browser, started as a person starts them; their numbers against the official models'.
 */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { edit } from "../src/model/architecture/edits.ts";
import type { Architecture } from "../src/model/architecture/schema.ts";
import { seededInput } from "../src/model/weights/seeded.ts";

const root = join(import.meta.dirname, "..");
const weights = join(root, "src/model/weights/fixtures/checkpoints/micro.safetensors");

interface Reference {
  readonly name: string;
  readonly architecture: Architecture;
  readonly batch: number;
  readonly logits_f32_base64: string;
  readonly logits_std: number;
  readonly features: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly mean: number; readonly std: number }>
  >;
}

const references: readonly Reference[] = JSON.parse(
  readFileSync(join(root, "src/model/runtime/fixtures/forward.json"), "utf8"),
);

function referenceOf(name: string): Reference {
  const found = references.find((reference) => reference.name === name);
  if (!found) throw new Error(`no reference ${name}`);
  return found;
}

const micro = referenceOf("micro");

/** Runs the command line. It starts a browser of its own. */
async function cli(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...args], { cwd: root });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk) => {
      text[stream] += chunk;
    });
  }
  const status = await new Promise((resolve) => child.on("close", resolve));
  return { ...text, status };
}

/** The answer of a command that ends well and has nothing to remark. */
async function answerOf(...args: readonly string[]) {
  const { stdout, stderr, status } = await cli(...args);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return JSON.parse(stdout);
}

/** Writes an architecture into the test's own folder. */
function architectureFile({ name, architecture }: Pick<Reference, "name" | "architecture">): string {
  const file = test.info().outputPath(`${name}.json`);
  writeFileSync(file, JSON.stringify(architecture));
  return file;
}

for (const backend of ["wasm", "webgpu"]) {
  test(`predict gives the official model's logits and features on ${backend}`, async () => {
    const input = test.info().outputPath("batch.f32");
    writeFileSync(input, seededInput(micro.architecture.imageSize, micro.batch));
    const architecture = architectureFile(micro);
    const features = Object.keys(micro.features);
    const answer = await answerOf(
      ...["predict", "--architecture", architecture, "--weights", weights, "--input", input],
      ...["--backend", backend, "--features", features.join(",")],
    );
    expect(Object.keys(answer)).toEqual(["backend", "adapter", "logits", "top5", "features"]);
    expect(answer.backend).toBe(backend);
    expect(answer.adapter).not.toBe("");

    const bytes = Buffer.from(micro.logits_f32_base64, "base64");
    const tolerance = 1e-4 * micro.logits_std;
    const classes = micro.architecture.numClasses;
    expect(answer.logits).toHaveLength(micro.batch);
    for (const [index, logit] of answer.logits.flat().entries()) {
      expect(Math.abs(logit - bytes.readFloatLE(4 * index))).toBeLessThan(tolerance);
    }
    for (const [image, top] of answer.top5.entries()) {
      const row: readonly number[] = answer.logits[image];
      expect(row).toHaveLength(classes);
      const order = row.map((_, index) => index).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));
      expect(top.map(({ index }: { index: number }) => index)).toEqual(order.slice(0, 5));
      const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
      expect(top[0].probability).toBeCloseTo(Math.exp(row[top[0].index] ?? 0) / total, 6);
      expect(typeof top[0].label).toBe("string");
    }

    expect(Object.keys(answer.features)).toEqual(features);
    for (const [id, { shape, mean, std }] of Object.entries(micro.features)) {
      expect(Object.keys(answer.features[id])).toEqual(["shape", "mean", "std"]);
      expect(answer.features[id].shape).toEqual(shape);
      expect(Math.abs(answer.features[id].mean - mean)).toBeLessThan(1e-4 * std);
      expect(Math.abs(answer.features[id].std - std)).toBeLessThan(1e-4 * std);
    }
  });
}

test("predict recognises the network in the weights, and takes its image size", async () => {
  const size = micro.architecture.imageSize;
  const input = test.info().outputPath("batch.f32");
  writeFileSync(input, seededInput(size, micro.batch));
  const answer = await answerOf(
    ...["predict", "--weights", weights, "--input", input, "--image-size", `${size}`, "--backend", "wasm"],
  );
  const bytes = Buffer.from(micro.logits_f32_base64, "base64");
  expect(answer.logits.flat()).toHaveLength(micro.batch * micro.architecture.numClasses);
  for (const [index, logit] of answer.logits.flat().entries()) {
    expect(Math.abs(logit - bytes.readFloatLE(4 * index))).toBeLessThan(1e-4 * micro.logits_std);
  }
});

test("predict knows the classes of a file that the manifest knows, whatever its name", async () => {
  const copy = test.info().outputPath("copy.bin");
  copyFileSync(join(root, "public/weights/inception_next_yocto.fashion_mnist.safetensors"), copy);
  const answer = await answerOf(
    ...[
      "predict",
      "--weights",
      copy,
      "--input",
      join(root, "public/samples/coffee.png"),
      "--backend",
      "wasm",
    ],
  );
  const labels = answer.top5[0].map(({ label }: { label: string }) => label);
  expect(labels).toHaveLength(5);
  const known = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag"];
  for (const label of labels) expect([...known, "Ankle boot"]).toContain(label);
});

for (const [input, size, cropPct] of [
  ["coffee.png", 224, 0.95],
  ["chelsea.png", 224, 0.875],
] as const) {
  test(`preprocess writes what the official transform makes of ${input}`, async ({ page }) => {
    const output = test.info().outputPath("crop.png");
    const answer = await answerOf(
      ...["preprocess", "--input", join(root, "public/samples", input), "--output", output],
      ...["--image-size", `${size}`, "--crop-pct", `${cropPct}`],
    );
    expect(answer).toEqual({ output, width: size, height: size });
    const expected = join(
      root,
      `src/model/image/fixtures/${input.replace(".", `.expected_${size}_${cropPct}.`)}`,
    );
    const [written, reference] = await pixelsOf(page, [output, expected]);
    expect(written).toHaveLength(4 * size * size);
    expect(reference).toHaveLength(4 * size * size);
    expect(written?.filter((level, index) => level !== reference?.[index])).toEqual([]);
  });
}

/** RGBA of PNG files. */
function pixelsOf(page: Page, files: readonly string[]): Promise<readonly (readonly number[])[]> {
  return page.evaluate(
    (pictures) =>
      Promise.all(
        pictures.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: "none" });
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          if (!context) throw new Error("no canvas");
          context.drawImage(bitmap, 0, 0);
          return [...context.getImageData(0, 0, bitmap.width, bitmap.height).data];
        }),
      ),
    files.map((file) => readFileSync(file).toString("base64")),
  );
}

test("preprocess tells a picture that is none in one line and by exit code 2", async () => {
  const output = test.info().outputPath("crop.png");
  const { stdout, stderr, status } = await cli(
    ...["preprocess", "--input", join(root, "package.json"), "--image-size", "224", "--crop-pct", "0.875"],
    ...["--output", output],
  );
  expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
  expect(stderr).toMatch(/^[^\n]*can't be decoded as a picture[^\n]+\n$/);
  expect(existsSync(output)).toBe(false);
});

test("predict takes a picture", async () => {
  const answer = await answerOf(
    ...["predict", "--architecture", architectureFile(micro), "--weights", weights],
    ...["--input", join(root, "public/samples/coffee.png"), "--backend", "wasm"],
  );
  expect(answer.logits).toHaveLength(1);
  expect(answer.top5[0]).toHaveLength(5);
  expect(answer.features).toEqual({});
});

test("predict says that weights of another network are only partly used", async () => {
  const wider = edit(micro.architecture, "stages[0].dim", 24);
  if (!wider.ok) throw new Error(JSON.stringify(wider.issues));
  const { stdout, stderr, status } = await cli(
    ...[
      "predict",
      "--architecture",
      architectureFile({ name: "wider", architecture: wider.value }),
      "--weights",
      weights,
    ],
    ...["--input", join(root, "public/samples/coffee.png"), "--backend", "wasm"],
  );
  expect(status).toBe(0);
  expect(JSON.parse(stdout).logits).toHaveLength(1);
  expect(stderr).toMatch(/^Note: [1-9]\d\.\d % of the parameters come from .*micro\.safetensors/);
});

for (const [what, weightsFile, input] of [
  ["weights that are none", "package.json", "public/samples/coffee.png"],
  ["a picture that is none", weights, "package.json"],
] as const) {
  test(`predict tells ${what} in one line and by exit code 2`, async () => {
    const { stdout, stderr, status } = await cli(
      ...["predict", "--architecture", architectureFile(micro), "--weights", resolve(root, weightsFile)],
      ...["--input", join(root, input), "--backend", "wasm"],
    );
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(status).toBe(2);
  });
}

test("bench measures architectures in turn and compares each pair", async () => {
  const names = ["micro", "micro_odd", "micro_convnext"];
  const files = names.map((name) => architectureFile(referenceOf(name)));
  const answer = await answerOf(
    ...["bench", "--backend", "wasm", "--batch", "2", "--runs", "4"],
    ...files.flatMap((file) => ["--architecture", file]),
  );
  expect(Object.keys(answer)).toEqual(["backend", "adapter", "results", "ratios"]);
  expect(answer.results.map(({ name }: { name: string }) => name)).toEqual(names);
  for (const result of answer.results) {
    expect(Object.keys(result)).toEqual([
      "name",
      "batch",
      "runs",
      "median_ms",
      "p90_ms",
      "p99_ms",
      "images_per_s",
      "first_ms",
      "kernels",
      "dispatches",
    ]);
    expect(result).toMatchObject({ batch: 2, runs: 4, kernels: "fused" });
    expect(result.median_ms).toBeGreaterThan(0);
    expect(result.p90_ms).toBeGreaterThanOrEqual(result.median_ms);
    expect(result.p99_ms).toBeGreaterThanOrEqual(result.p90_ms);
    expect(result.images_per_s).toBeCloseTo(2000 / result.median_ms, 6);
    expect(result.first_ms).toBeGreaterThan(0);
  }
  expect(answer.ratios.map(({ a, b }: { a: string; b: string }) => [a, b])).toEqual([
    ["micro", "micro_odd"],
    ["micro", "micro_convnext"],
    ["micro_odd", "micro_convnext"],
  ]);
  for (const { median } of answer.ratios) expect(median).toBeGreaterThan(0);
});

test("bench tells a batch that no device can hold in one line and by exit code 2", async () => {
  const file = architectureFile(referenceOf("inceptionnext_tiny"));
  const { stderr, status } = await cli(
    "bench",
    "--architecture",
    file,
    "--batch",
    "1024",
    "--backend",
    "wasm",
  );
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(status).toBe(2);
});
