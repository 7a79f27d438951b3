import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { costOf } from "../model/analysis/cost.ts";
import { presetOf } from "../model/architecture/presets.ts";
import { parseArchitecture } from "../model/architecture/schema.ts";
import { elementCount } from "../model/graph/elementCount.ts";
import { lower } from "../model/graph/lower.ts";
import { lowerResnet50 } from "../model/graph/resnet50.ts";
import type { LayerGraph } from "../model/graph/types.ts";
import networks from "../model/weights/fixtures/micro.json" with { type: "json" };
import { writeSafetensors } from "../model/weights/safetensors.ts";
import type { WeightTensor } from "../model/weights/tensorMap.ts";
import { InputError } from "./command.ts";
import { inspect } from "./inspect.ts";

const folder = mkdtempSync(join(tmpdir(), "inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));
const weights = join(import.meta.dirname, "../../public/weights");
const fixture = (name: string) => join(import.meta.dirname, "../model/weights/fixtures/checkpoints", name);

/** Zeros in the shapes of a network. */
function tensorsOf(graph: LayerGraph): Map<string, WeightTensor> {
  const specs = graph.nodes.flatMap((node) => node.tensors);
  return new Map(
    specs.map(({ key, shape }) => [key, { shape, data: new Float32Array(elementCount(shape)) }]),
  );
}

/** Writes a checkpoint. */
function checkpointOf(tensors: ReadonlyMap<string, WeightTensor>): string {
  const file = join(folder, "some.safetensors");
  writeFileSync(file, Buffer.concat(writeSafetensors(tensors)));
  return file;
}

describe("inspect", () => {
  it.each(
    ["micro", "micro_odd", "micro_convnext"].flatMap((name) =>
      [
        ["safetensors", "safetensors"],
        ["bf16.safetensors", "safetensors"],
        ["wrapped.pth", "pytorch"],
        ["legacy.pth", "pytorch-legacy"],
      ].map(([suffix, format]) => [name, suffix, format]),
    ),
  )("tells the network in %s.%s", async (name, suffix, format) => {
    const network = parseArchitecture(networks.find((candidate) => candidate.name === name)?.architecture);
    if (!network.ok) throw new Error(`no architecture ${name}`);
    const graph = lower(network.value);
    const specs = graph.nodes.flatMap((node) => node.tensors);
    const counters = specs.filter(({ role }) => role === "runningVar").length;
    expect(await inspect.run([fixture(`${name}.${suffix}`)])).toEqual({
      // Weights do not tell the image size.
      architecture: { ...network.value, imageSize: 224 },
      format,
      scheme: network.value.family,
      tensors: specs.length + counters,
      params: costOf(graph).total.params,
      missing: [],
      extra: [],
      misshaped: [],
    });
  });

  it("has the image size of a file that the manifest knows", async () => {
    const file = join(weights, "inception_next_yocto.fashion_mnist.safetensors");
    expect(await inspect.run([file])).toMatchObject({ architecture: { imageSize: 64 }, missing: [] });
  });

  it("knows ResNet-50", async () => {
    const file = checkpointOf(tensorsOf(lowerResnet50({ imageSize: 224 })));
    expect(await inspect.run([file])).toMatchObject({
      architecture: { fixed: "resnet50" },
      scheme: "torchvision-resnet",
      params: 25_557_032,
    });
  });

  it("lists what is missing, extra and misshaped, and counts what is left", async () => {
    const { architecture } = presetOf("inceptionnext_atto");
    const tensors = tensorsOf(lower(architecture));
    tensors.delete("stages.2.blocks.5.gamma");
    tensors.set("head.norm.bias", { shape: [7], data: new Float32Array(7) });
    tensors.set("decoder.weight", { shape: [2], data: new Float32Array(2) });
    const [, , , last] = architecture.stages;
    const hidden = last.dim * 3;
    expect(await inspect.run([checkpointOf(tensors)])).toMatchObject({
      missing: ["stages.2.blocks.5.gamma"],
      extra: ["decoder.weight"],
      misshaped: [{ key: "head.norm.bias", expected: [hidden], actual: [7] }],
      params: costOf(lower(architecture)).total.params - 160 - hidden,
    });
  });
});

it.each<[what: string, args: readonly string[], message: RegExp]>([
  ["no file", [], /Name one checkpoint/],
  ["two files", ["a", "b"], /Name one checkpoint/],
  ["a file that is missing", [join(folder, "none.pth")], /none\.pth: no such file/],
  ["a folder", [folder], /not a file/],
  ["a file that is no checkpoint", [import.meta.filename], /inspect\.test\.ts: The file is neither/],
])("inspect refuses %s", async (_, args, message) => {
  const error = await inspect.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});

it("inspect refuses tensors of an unknown network, by the file's name", async () => {
  const file = checkpointOf(new Map([["encoder.weight", { shape: [2], data: new Float32Array(2) }]]));
  const error = await inspect.run([file]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(/some\.safetensors: The tensors \(encoder\.weight/);
});
