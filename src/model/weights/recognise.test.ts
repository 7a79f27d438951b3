import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presetOf, presets } from "../architecture/presets.ts";
import { type Architecture, parseArchitecture, type Stage } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import { isFixed, resnet50 } from "../graph/network.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import type { LayerGraph } from "../graph/types.ts";
import type { TokenMixer } from "../mixers/table.ts";
import { readCheckpoint } from "./checkpoint.ts";
import micro from "./fixtures/micro.json" with { type: "json" };
import { recogniseArchitecture } from "./recognise.ts";
import { bytesSource } from "./source.ts";
import { CheckpointError, type TensorMap, type WeightTensor } from "./tensorMap.ts";

/** Shapes without values: recognition reads nothing else. */
function shapes(graph: LayerGraph): Map<string, WeightTensor> {
  const specs = graph.nodes.flatMap((node) => node.tensors);
  return new Map(specs.map(({ key, shape }) => [key, { shape, data: new Float32Array() }]));
}

function renamed(tensors: TensorMap, name: (key: string) => string): Map<string, WeightTensor> {
  return new Map([...tensors].map(([key, tensor]) => [name(key), tensor]));
}

const nothingWrong = { missing: [], extra: [], misshaped: [] };

describe("recogniseArchitecture", () => {
  it.each(presets)("gives $id back from its shapes alone", ({ architecture }) => {
    const { name: _, ...bare } = architecture;
    const recognised = recogniseArchitecture(shapes(lower(architecture)), {
      imageSize: architecture.imageSize,
    });
    expect(recognised).toMatchObject({ architecture: bare, ...nothingWrong });
    expect(recognised.tensors.size).toBeGreaterThan(50);
  });

  it.each(["micro", "micro_odd", "micro_convnext"])("gives %s back from its checkpoint", async (name) => {
    const file = readFileSync(new URL(`./fixtures/checkpoints/${name}.wrapped.pth`, import.meta.url));
    const { tensors } = await readCheckpoint(bytesSource(new Uint8Array(file)));
    const expected = parseArchitecture(micro.find((network) => network.name === name)?.architecture);
    if (!expected.ok) throw new Error(`no architecture ${name}`);
    const recognised = recogniseArchitecture(tensors, { imageSize: expected.value.imageSize });
    expect(recognised.architecture).toEqual(expected.value);
    expect(recognised).toMatchObject(nothingWrong);
    expect(recognised.scheme).toBe(name === "micro_convnext" ? "convnext" : "metanext");
  });

  it.each([
    ["metanext", "layernorm", "stages.1.blocks.0.mlp.fc1.weight"],
    ["convnext", "batchnorm", "stages.1.0.pwconv1.weight"],
  ] as const)(
    "tells %s with %s: the family from the names, the norm from its statistics",
    (family, norm, key) => {
      const { name: _, ...atto } = presetOf("inceptionnext_atto").architecture;
      const architecture = { ...atto, family, norm };
      const tensors = shapes(lower(architecture));
      expect(tensors.has(key)).toBe(true);
      expect([...tensors.keys()].some((other) => other.includes("running_"))).toBe(norm === "batchnorm");
      expect(recogniseArchitecture(tensors)).toMatchObject({ architecture, scheme: family, ...nothingWrong });
    },
  );

  it("finds a network of the same layers for any architecture", () => {
    const odd = (max: number) => fc.integer({ min: 0, max }).map((k) => 2 * k + 1);
    const mixer: fc.Arbitrary<TokenMixer> = fc.oneof(
      fc.record({
        kind: fc.constant("inception"),
        branchRatio: fc.double({ min: 0.05, max: 1 / 3, noNaN: true }),
        bandKernelSize: odd(10),
        squareKernelSize: odd(3),
      }),
      fc.record({
        kind: fc.constant("depthwise"),
        kernelSize: odd(5),
        convRatio: fc.double({ min: 0.1, max: 1, noNaN: true }),
      }),
      fc.record({ kind: fc.constant("pool"), kernelSize: odd(5) }),
      fc.record({ kind: fc.constant("identity") }),
    );
    const stage: fc.Arbitrary<Stage> = fc.record({
      depth: fc.integer({ min: 1, max: 3 }),
      dim: fc.integer({ min: 20, max: 200 }),
      mlpRatio: fc.double({ min: 0.5, max: 8, noNaN: true }),
      tokenMixer: mixer,
    });
    const architecture: fc.Arbitrary<Architecture> = fc.record({
      version: fc.constant(2),
      inChannels: fc.integer({ min: 1, max: 4 }),
      imageSize: fc.constant(224),
      numClasses: fc.integer({ min: 1, max: 1000 }),
      family: fc.constantFrom("metanext", "convnext"),
      norm: fc.constantFrom("batchnorm", "layernorm"),
      stages: fc.tuple(stage, stage, stage, stage),
      head: fc.oneof(
        fc.constant({ kind: "linear" } as const),
        fc.record({ kind: fc.constant("mlp"), mlpRatio: fc.double({ min: 0.5, max: 4, noNaN: true }) }),
      ),
    });
    fc.assert(
      fc.property(architecture, (original) => {
        const wanted = shapes(lower(original));
        const recognised = recogniseArchitecture(wanted);
        expect(recognised).toMatchObject(nothingWrong);
        if (isFixed(recognised.architecture)) throw new Error("No ResNet was given.");
        expect(shapes(lower(recognised.architecture))).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it("knows branches that are off by their absence", () => {
    const [preset] = presets;
    const tensors = shapes(lower(preset?.architecture ?? fail()));
    for (const key of [...tensors.keys()])
      if (key.includes("stages.1") && key.includes("dwconv_w")) tensors.delete(key);
    const { architecture, ...rest } = recogniseArchitecture(tensors);
    expect(rest).toMatchObject(nothingWrong);
    if (isFixed(architecture)) throw new Error("No ResNet was given.");
    expect(architecture.stages[1].tokenMixer).toMatchObject({
      branches: { square: true, bandW: false, bandH: true },
    });
    expect(architecture.stages[0].tokenMixer).not.toHaveProperty("branches");
  });
});

describe("names", () => {
  const convnext = presets.find(({ id }) => id === "convnext_tiny")?.architecture ?? fail();
  const official = shapes(lower(convnext));

  /** timm's `checkpoint_filter_fn` renames the other way; this follows it. */
  const toTimm = (key: string) =>
    key
      .replace("downsample_layers.0.", "stem.")
      .replace(/^stages\.(\d+)\.(\d+)/, "stages.$1.blocks.$2")
      .replace(/^downsample_layers\.(\d+)\.(\d+)/, "stages.$1.downsample.$2")
      .replace("dwconv", "conv_dw")
      .replace("pwconv", "mlp.fc")
      .replace("head.", "head.fc.")
      .replace(/^norm/, "head.norm");

  it("of timm's ConvNeXt become the official ones, whatever its MLPs are made of", () => {
    const linear = renamed(official, toTimm);
    expect(linear.has("stages.1.blocks.0.mlp.fc1.weight")).toBe(true);
    const convolutions = new Map(
      [...linear].map(([key, { shape, data }]) => [
        key,
        { data, shape: /mlp\.fc\d\.weight/.test(key) ? [...shape, 1, 1] : shape },
      ]),
    );
    for (const tensors of [linear, convolutions]) {
      const recognised = recogniseArchitecture(tensors);
      expect(recognised).toMatchObject({ scheme: "timm-convnext", ...nothingWrong });
      expect([...recognised.tensors.keys()].sort()).toEqual([...official.keys()].sort());
      expect(recognised.tensors.get("stages.0.0.pwconv1.weight")?.shape).toEqual([384, 96]);
    }
  });

  it("lose the prefixes of training scripts", () => {
    for (const prefix of ["module.", "model.", "module.model."]) {
      expect(recogniseArchitecture(renamed(official, (key) => prefix + key))).toMatchObject({
        scheme: "convnext",
        ...nothingWrong,
      });
    }
  });

  it("of ResNet-50 are torchvision's", () => {
    const tensors = shapes(lowerResnet50());
    expect(recogniseArchitecture(tensors)).toMatchObject({ architecture: resnet50, ...nothingWrong });
  });
});

describe("what does not fit", () => {
  it("is listed", () => {
    const tensors = shapes(lower(presets[0]?.architecture ?? fail()));
    tensors.delete("stages.1.blocks.0.norm.weight");
    tensors.set("something.else", { shape: [3], data: new Float32Array(3) });
    tensors.set("stages.1.blocks.1.gamma", { shape: [7], data: new Float32Array(7) });
    const { missing, extra, misshaped } = recogniseArchitecture(tensors);
    expect(missing).toEqual(["stages.1.blocks.0.norm.weight"]);
    expect(extra).toEqual(["something.else"]);
    expect(misshaped).toEqual([{ key: "stages.1.blocks.1.gamma", expected: [80], actual: [7] }]);
  });

  it.each<[string, Record<string, readonly number[]>, string]>([
    ["other networks", { "patch_embed.proj.weight": [192, 3, 16, 16] }, "patch_embed.proj.weight"],
    ["half a network", { "stem.0.weight": [40, 3, 4, 4] }, "stages.1.downsample.1.weight"],
    ["nothing", {}, "of no network"],
  ])("is refused when it is %s", (_, tensors, words) => {
    const map = new Map(
      Object.entries(tensors).map(([key, shape]) => [key, { shape, data: new Float32Array() }]),
    );
    try {
      recogniseArchitecture(map);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(CheckpointError);
      expect(error).toMatchObject({ code: "wrongArchitecture", message: expect.stringContaining(words) });
    }
  });
});

it("ends in a network or a typed error for any shapes", () => {
  const original = shapes(lower(presets[0]?.architecture ?? fail()));
  const keys = fc.constantFrom(...original.keys());
  const shape = fc.array(fc.constantFrom(0, 1, 2, 7, 40, 8192, 2 ** 40), { maxLength: 5 });
  const changes = fc.array(fc.tuple(keys, fc.option(shape)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, (list) => {
      const tensors = new Map(original);
      for (const [key, changed] of list) {
        if (changed) tensors.set(key, { shape: changed, data: new Float32Array() });
        else tensors.delete(key);
      }
      // A shape may be replaced by itself.
      fc.pre([...original].some(([key, { shape }]) => `${tensors.get(key)?.shape}` !== `${shape}`));
      try {
        const { missing, misshaped, extra } = recogniseArchitecture(tensors);
        expect(missing.length + misshaped.length + extra.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(CheckpointError);
      }
    }),
    { numRuns: 300 },
  );
});

function fail(): never {
  throw new Error("There is no such preset.");
}
