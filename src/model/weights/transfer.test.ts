import { describe, expect, it } from "vitest";
import { edit, type FieldPath } from "../architecture/edits.ts";
import { presets } from "../architecture/presets.ts";
import { type Architecture, ArchitectureError, type Stage } from "../architecture/schema.ts";
import { deviationsApart } from "../graph/difference.ts";
import { elementCount } from "../graph/elementCount.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import type { TokenMixer } from "../mixers/table.ts";
import { seededWeights } from "./graphWeights.ts";
import { seededInput } from "./seeded.ts";
import { type TensorFate, type TrainedNetwork, transfer } from "./transfer.ts";

const inception: TokenMixer = {
  kind: "inception",
  branchRatio: 0.25,
  bandKernelSize: 5,
  squareKernelSize: 3,
};
const depthwise: TokenMixer = { kind: "depthwise", kernelSize: 5, convRatio: 1 };

function network(tokenMixer: TokenMixer, norm: Architecture["norm"] = "batchnorm"): Architecture {
  const stage = (depth: number, dim: number): Stage => ({ depth, dim, mlpRatio: 2, tokenMixer });
  return {
    version: 2,
    inChannels: 3,
    imageSize: 64,
    numClasses: 5,
    family: norm === "batchnorm" ? "metanext" : "convnext",
    norm,
    stages: [stage(1, 12), stage(2, 16), stage(2, 20), stage(1, 24)],
    head: norm === "batchnorm" ? { kind: "mlp", mlpRatio: 2 } : { kind: "linear" },
  };
}

function edited(architecture: Architecture, ...changes: readonly [FieldPath, unknown][]): Architecture {
  return changes.reduce((present, [path, value]) => {
    const result = edit(present, path, value);
    if (!result.ok) throw new ArchitectureError(result.issues);
    return result.value;
  }, architecture);
}

const trained = (architecture: Architecture): TrainedNetwork => ({
  architecture,
  tensors: seededWeights(lower(architecture)),
});

const image = seededInput(64, 1);
const logits = ({ architecture, tensors }: TrainedNetwork) => logitsOf(lower(architecture), tensors, image);

/** Largest difference of the logits before and after, in their standard deviations. */
function change(source: Architecture, target: Architecture): number {
  const before = trained(source);
  const old = logits(before);
  const now = logits({ architecture: target, tensors: transfer(before, target).tensors });
  return deviationsApart(now, old);
}

function fateOf(source: Architecture, target: Architecture, key: string): TensorFate {
  const fate = transfer(trained(source), target).fates.find((candidate) => candidate.key === key);
  if (!fate) throw new Error(`No fate of ${key}`);
  return fate;
}

const both = ["batchnorm", "layernorm"] as const;

describe.each(both)("edits that promise an unchanged function (%s)", (norm) => {
  const source = network(inception, norm);
  const cases: readonly [string, readonly [FieldPath, unknown][]][] = [
    ["none", []],
    ["a block inserted", [["stages[1].depth", 4]]],
    ["a larger band kernel", [["stages[*].tokenMixer.bandKernelSize", 9]]],
    ["a larger square kernel", [["stages[2].tokenMixer.squareKernelSize", 7]]],
    ["a higher branch ratio", [["stages[*].tokenMixer.branchRatio", 0.33]]],
    ["a higher MLP ratio", [["stages[*].mlpRatio", 3]]],
    ["more input channels, of an image that has none", [["inChannels", 4]]],
    [
      "a depthwise mixer that holds every branch",
      [["stages[1].tokenMixer", { ...depthwise, kernelSize: 7 }]],
    ],
    [
      "another image size and back",
      [
        ["imageSize", 96],
        ["imageSize", 64],
      ],
    ],
  ];
  it.each(cases)("%s", (_, changes) => {
    const target = edited(source, ...changes);
    if (target.inChannels === 4) {
      // A fourth channel of zeros stands for an image without it; its weights are zero, so any other would do too.
      const { tensors } = transfer(trained(source), target);
      const wide = new Float32Array(4 * 64 * 64).fill(1);
      wide.set(image);
      expect(logitsOf(lower(target), tensors, wide)).toEqual(logits(trained(source)));
      return;
    }
    expect(change(source, target)).toBeLessThan(1e-5);
  });

  it("a mixer where there was none", () => {
    expect(change(network({ kind: "identity" }, norm), source)).toBeLessThan(1e-5);
    expect(change(network({ kind: "identity" }, norm), network(depthwise, norm))).toBeLessThan(1e-5);
  });

  it("a depthwise mixer where pooling was, but for the border", () => {
    const source = network({ kind: "pool", kernelSize: 3 }, norm);
    const target = edited(source, ["stages[*].tokenMixer", depthwise]);
    const { tensors, fates } = transfer(trained(source), target);
    const [weight] = lower(target)
      .nodes.filter(({ op }) => op.kind === "depthwiseConv2d")
      .map((node) => node.tensors[0]?.key ?? "");
    const ninth = Math.fround(1 / 9);
    const row = [0, ninth, ninth, ninth, 0];
    const none = [0, 0, 0, 0, 0];
    const kernel = [none, row, [0, ninth, Math.fround(1 / 9 - 1), ninth, 0], row, none].flat();
    expect([...(tensors.get(weight ?? "")?.data ?? [])].slice(0, 25)).toEqual(kernel);
    expect(fates.find(({ key }) => key === weight)).toMatchObject({
      rule: "mixer converted",
      reason: "12 channels that were pooled join as kernels of 3 x 3 that do the same, but at the border.",
      carried: 0,
    });
  });

  it("a branch that was off", () => {
    const off = { square: true, bandW: false, bandH: true };
    expect(change(network({ ...inception, branches: off }, norm), source)).toBeLessThan(1e-5);
  });

  it("a partial convolution of more channels", () => {
    const partial = network({ ...depthwise, convRatio: 0.25 }, norm);
    expect(change(partial, edited(partial, ["stages[*].tokenMixer.convRatio", 0.75]))).toBeLessThan(1e-5);
    expect(change(partial, network(depthwise, norm))).toBeLessThan(1e-5);
  });
});

describe("edits that change the function", () => {
  const source = network(inception);
  it("are noticed by this test's own measure", () => {
    expect(change(source, edited(source, ["stages[2].depth", 1]))).toBeGreaterThan(0.01);
    expect(change(source, edited(source, ["stages[*].tokenMixer.bandKernelSize", 3]))).toBeGreaterThan(0.01);
  });

  it("keep the function where only new channels of a batch-norm stage are added", () => {
    expect(change(source, edited(source, ["stages[0].dim", 20], ["stages[1].dim", 24]))).toBeLessThan(1e-5);
  });

  it("make a channel that leaves a branch an identity, as if its kernel were a delta", () => {
    const target = edited(source, ["stages[*].tokenMixer.branchRatio", 0.1]);
    const { tensors } = transfer(trained(source), target);
    // The same network by another way: with the wide branches again, what had left them is a delta kernel.
    const back = transfer({ architecture: target, tensors }, source);
    const forth = logits({ architecture: target, tensors });
    for (const [i, value] of logits({ architecture: source, tensors: back.tensors }).entries()) {
      expect(value).toBeCloseTo(forth[i] ?? Number.NaN, 5);
    }
  });
});

describe("kernels", () => {
  const source = trained(network(inception));
  const key = "stages.0.blocks.0.token_mixer";
  const kernel = (target: Architecture, name: string) =>
    transfer(source, target).tensors.get(`${key}.${name}`)?.data;
  const original = (name: string) => source.tensors.get(`${key}.${name}`)?.data ?? new Float32Array();

  it("are cropped at their centre", () => {
    const target = edited(source.architecture, ["stages[0].tokenMixer.bandKernelSize", 3]);
    const full = original("dwconv_w.weight");
    expect(kernel(target, "dwconv_w.weight")).toEqual(
      Float32Array.from([0, 1, 2].flatMap((channel) => [...full.subarray(channel * 5 + 1, channel * 5 + 4)])),
    );
    expect(kernel(target, "dwconv_w.bias")).toBe(original("dwconv_w.bias"));
    expect(fateOf(source.architecture, target, `${key}.dwconv_w.weight`)).toMatchObject({
      rule: "kernel cropped",
      carried: 9,
      elements: 9,
      sources: [`${key}.dwconv_w.weight`],
    });
  });

  it("are padded with zeros and come back unharmed", () => {
    const target = edited(source.architecture, ["stages[0].tokenMixer.bandKernelSize", 9]);
    const wide = transfer(source, target);
    const back = transfer({ architecture: target, tensors: wide.tensors }, source.architecture);
    for (const [name, { data }] of source.tensors) expect(back.tensors.get(name)?.data, name).toEqual(data);
    expect(fateOf(source.architecture, target, `${key}.dwconv_h.weight`)).toMatchObject({
      rule: "kernel padded",
      carried: 15,
      elements: 27,
    });
  });

  it("of a square mixer give their central rows and columns to the branches", () => {
    const square = trained(network({ ...depthwise, kernelSize: 7 }));
    const { tensors, fates } = transfer(square, network(inception));
    const full = square.tensors.get(`${key}.weight`)?.data ?? new Float32Array();
    // dim 12, ratio 1/4: identity 0 to 2, square 3 to 5, 1 x 5 from 6, 5 x 1 from 9.
    const central = Array.from({ length: 5 }, (_, i) => full[6 * 49 + 3 * 7 + 1 + i]);
    expect([...(tensors.get(`${key}.dwconv_w.weight`)?.data.subarray(0, 5) ?? [])]).toEqual(central);
    const column = Array.from({ length: 5 }, (_, i) => full[9 * 49 + (1 + i) * 7 + 3]);
    expect([...(tensors.get(`${key}.dwconv_h.weight`)?.data.subarray(0, 5) ?? [])]).toEqual(column);
    expect(fates.find((fate) => fate.key === `${key}.dwconv_w.weight`)?.rule).toBe("mixer converted");
  });
});

describe("fates", () => {
  const source = network(inception);
  it("of an unedited network are all exact, with the very same arrays", () => {
    const weights = trained(source);
    const { tensors, fates, carried, dropped } = transfer(weights, source);
    expect(carried).toBe(1);
    expect(dropped).toEqual([]);
    expect(new Set(fates.map(({ rule }) => rule))).toEqual(new Set(["exact"]));
    for (const [key, { data }] of weights.tensors) expect(tensors.get(key)?.data).toBe(data);
  });

  it("name re-headed classes, inserted blocks and what was dropped", () => {
    const target = edited(source, ["numClasses", 7], ["stages[1].depth", 3], ["stages[2].depth", 1]);
    const { fates, tensors, dropped } = transfer(trained(source), target);
    const rules = new Map(fates.map(({ key, rule }) => [key, rule]));
    expect(rules.get("head.fc2.weight")).toBe("re-headed");
    expect(rules.get("head.fc1.weight")).toBe("exact");
    expect(rules.get("stages.1.blocks.2.mlp.fc1.weight")).toBe("block inserted");
    expect(new Set(tensors.get("stages.1.blocks.2.gamma")?.data)).toEqual(new Set([0]));
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped.every((key) => key.startsWith("stages.2.blocks.1.") || key.startsWith("head.fc2"))).toBe(
      true,
    );
  });

  it("count what was carried over, as a share of the parameters", () => {
    const target = edited(source, ["stages[1].depth", 3]);
    const result = transfer(trained(source), target);
    const parameters = (architecture: Architecture) =>
      lower(architecture)
        .nodes.flatMap((node) => node.tensors)
        .filter(({ role }) => !role.startsWith("running"))
        .reduce((sum, { shape }) => sum + elementCount(shape), 0);
    expect(result.carried).toBeCloseTo(parameters(source) / parameters(target), 10);
  });

  it("follow a network from one family's names to the other's, but for the norms", () => {
    const target = network(inception, "layernorm");
    const { fates, tensors } = transfer(trained(source), target);
    expect(fates.find(({ key }) => key === "stages.0.0.pwconv1.weight")).toMatchObject({
      rule: "exact",
      sources: ["stages.0.blocks.0.mlp.fc1.weight"],
    });
    expect(fates.find(({ key }) => key === "stages.0.0.norm.weight")?.rule).toBe("initialised");
    for (const { key, shape } of lower(target).nodes.flatMap((node) => node.tensors)) {
      expect(tensors.get(key)?.shape, key).toEqual(shape);
    }
  });

  it("follow a network whole from one family's names to the other's, whatever its norms", () => {
    for (const norm of both) {
      const [from, to] = (["metanext", "convnext"] as const).map((family) => ({
        ...network(inception, norm),
        family,
      }));
      if (!from || !to) throw new Error("Two families were asked for.");
      for (const [source, target] of [
        [from, to],
        [to, from],
      ] as const) {
        const { carried, dropped, fates } = transfer(trained(source), target);
        expect([carried, dropped]).toEqual([1, []]);
        expect(new Set(fates.map(({ rule }) => rule))).toEqual(new Set(["exact"]));
      }
    }
  });

  it("say when the checkpoint lacks a tensor", () => {
    const { tensors, architecture } = trained(source);
    const partial = new Map([...tensors].filter(([key]) => !key.startsWith("stages.0.blocks.0.token_mixer")));
    const { fates } = transfer({ architecture, tensors: partial }, source);
    expect(fates.filter(({ rule }) => rule === "initialised").length).toBe(6);
  });

  it("each have a rule and one sentence", () => {
    const target = edited(source, ["stages[*].dim", 32], ["stages[*].tokenMixer.branchRatio", 0.1]);
    const { fates } = transfer(trained(source), target);
    const keys = lower(target).nodes.flatMap((node) => node.tensors.map(({ key }) => key));
    expect(new Set(fates.map(({ key }) => key))).toEqual(new Set(keys));
    for (const { reason, elements, carried } of fates) {
      expect(reason).toMatch(/^[A-Z0-9].*\.$/);
      expect(carried).toBeLessThanOrEqual(elements);
    }
  });
});

describe("speed", () => {
  const tiny = presets.find(({ id }) => id === "inceptionnext_tiny")?.architecture ?? network(inception);
  let source: TrainedNetwork | undefined;

  it("gives the same arrays again for what did not change", () => {
    const source = trained(network(inception));
    const first = transfer(source, edited(source.architecture, ["stages[1].mlpRatio", 3]));
    const second = transfer(
      source,
      edited(source.architecture, ["stages[1].mlpRatio", 3], ["stages[2].depth", 3]),
    );
    for (const [key, { data }] of first.tensors) expect(second.tensors.get(key)?.data, key).toBe(data);
  });

  it.each<[string, readonly [FieldPath, unknown][], RegExp]>([
    ["branch ratio", [["stages[2].tokenMixer.branchRatio", 0.25]], /^stages\.(2|3\.downsample)\./],
    ["band kernel", [["stages[2].tokenMixer.bandKernelSize", 9]], /^stages\.2\..*\.dwconv_[wh]\.weight$/],
    ["depth", [["stages[3].depth", 4]], /^stages\.3\.blocks\.3\./],
    ["MLP ratio", [["stages[2].mlpRatio", 3]], /^stages\.2\..*\.fc[12]\./],
    ["dim", [["stages[3].dim", 640]], /^(stages\.3|head)\./],
    ["class count", [["numClasses", 10]], /^head\.fc2\./],
    ["image size", [["imageSize", 192]], /^$/],
  ])("recomputes only what depends on the %s of one stage of tiny", (_, changes, expected) => {
    source ??= trained(tiny);
    const { tensors } = transfer(source, edited(tiny, ...changes));
    const known = new Set([...source.tensors.values()].map(({ data }) => data));
    const fresh = [...tensors].filter(([, { data }]) => !known.has(data)).map(([key]) => key);
    expect(fresh.filter((key) => !expected.test(key))).toEqual([]);
    expect(fresh.length > 0).toBe(expected.source !== "^$");
  });
});
