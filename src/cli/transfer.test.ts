import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import networks from "../model/weights/fixtures/micro.json" with { type: "json" };
import type { TensorFate } from "../model/weights/transfer.ts";
import { InputError } from "./command.ts";
import { transfer } from "./transfer.ts";

const folder = mkdtempSync(join(tmpdir(), "transfer-"));
afterAll(() => rmSync(folder, { recursive: true }));
const weights = join(import.meta.dirname, "../model/weights/fixtures/checkpoints/micro.pth");
const [micro] = networks;
if (micro?.name !== "micro") throw new Error("The fixtures do not begin with micro.");

function architectureFile(architecture: unknown): string {
  const file = join(folder, "architecture.json");
  writeFileSync(file, JSON.stringify(architecture));
  return file;
}

interface Answer {
  readonly carried: number;
  readonly tensors: readonly TensorFate[];
  readonly dropped: readonly string[];
}

async function fatesIn(architecture: unknown): Promise<Answer> {
  return (await transfer.run([
    ...["--weights", weights, "--architecture", architectureFile(architecture)],
  ])) as Answer;
}

describe("transfer", () => {
  it("carries a checkpoint over into its own network whole", async () => {
    const { carried, tensors, dropped } = await fatesIn(micro.architecture);
    expect(carried).toBe(1);
    expect(new Set(tensors.map(({ rule }) => rule))).toEqual(new Set(["exact"]));
    expect(dropped).toEqual([]);
  });

  it("tells the fate of every tensor of another", async () => {
    const stages = micro.architecture.stages.map((stage, index) =>
      index === 1
        ? { ...stage, depth: 3, tokenMixer: { ...stage.tokenMixer, bandKernelSize: 5 } }
        : { ...stage, depth: 1 },
    );
    const { carried, tensors, dropped } = await fatesIn({ ...micro.architecture, numClasses: 7, stages });
    const fateOf = (key: string) => tensors.find((fate) => fate.key === key);
    expect(carried).toBeGreaterThan(0.5);
    expect(carried).toBeLessThan(1);
    expect(fateOf("stem.0.weight")).toMatchObject({ rule: "exact", elements: 768, carried: 768 });
    expect(fateOf("stages.1.blocks.0.token_mixer.dwconv_w.weight")).toMatchObject({
      rule: "kernel cropped",
      shape: [8, 1, 1, 5],
      sources: ["stages.1.blocks.0.token_mixer.dwconv_w.weight"],
    });
    expect(fateOf("stages.1.blocks.2.gamma")).toMatchObject({ rule: "block inserted", carried: 0 });
    expect(fateOf("head.fc2.weight")).toMatchObject({ rule: "re-headed", carried: 0 });
    expect(dropped).toContain("stages.2.blocks.1.gamma");
  });
});

it.each<[what: string, args: readonly string[], message: RegExp]>([
  ["no weights", ["--architecture", "x.json"], /--weights is missing/],
  ["no architecture", ["--weights", weights], /--architecture is missing/],
  [
    "an architecture that is missing",
    ["--weights", weights, "--architecture", "no.json"],
    /no\.json: no such file/,
  ],
  ["an unknown option", ["--fast"], /--fast/],
])("transfer refuses %s", async (_, args, message) => {
  const error = await transfer.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});

it("transfer refuses weights that are none, by the file's name", async () => {
  const file = architectureFile(micro.architecture);
  const error = await transfer
    .run(["--weights", file, "--architecture", file])
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(/architecture\.json: The file is neither/);
});
