import { describe, expect, it } from "vitest";
import { editByPath } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import { resnet50 } from "../graph/network.ts";
import { type DeviceLimits, overLimits } from "./limits.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const gibibyte = 2 ** 30;
const limits: DeviceLimits = { tensorBytes: gibibyte, totalBytes: 4 * gibibyte };

function edited(...changes: readonly (readonly [path: string, value: unknown])[]): Architecture {
  return changes.reduce((before, [path, value]) => {
    const edit = editByPath(before, path, value);
    if (!edit.ok) throw new Error(edit.issues[0]?.message);
    return edit.value;
  }, tiny);
}

const blamed = (network: Architecture, on = limits, batch = 1) =>
  overLimits(network, on, { batch }).map(({ path }) => path);

it("lets every network through that fits", () => {
  expect(overLimits(tiny, limits, { batch: 1 })).toEqual([]);
  expect(overLimits(resnet50, limits, { batch: 1 })).toEqual([]);
});

it("refuses what no worker survives, though every tensor is small", () => {
  const deep = edited(["stages[2].depth", 256], ["stages[2].dim", 2048]);
  expect(overLimits(deep, limits, { batch: 1 })).toEqual([
    {
      path: "stages[2].dim",
      message: expect.stringMatching(/^The network needs [\d,]+ MiB, this device holds 4,096 MiB$/),
    },
  ]);
});

describe("names the field that makes a tensor too large", () => {
  const small = { ...limits, tensorBytes: 2 ** 25 };

  it.each<[string, Architecture, readonly string[]]>([
    [
      "the last stage's channels, of its own layers and of the head's",
      edited(["stages[3].dim", 8192]),
      ["stages[3].dim"],
    ],
    ["a stage's ratio", edited(["stages[3].mlpRatio", 16]), ["stages[3].mlpRatio"]],
    ["the head's ratio, of both its layers", edited(["head.mlpRatio", 16]), ["head.mlpRatio"]],
    ["the classes", edited(["numClasses", 100_000]), ["numClasses"]],
    ["the image", edited(["imageSize", 2048]), ["imageSize"]],
    [
      "a kernel",
      edited(
        ["stages[3].tokenMixer", { kind: "depthwise", kernelSize: 255, convRatio: 1 }],
        ["stages[3].dim", 1200],
      ),
      ["stages[3].tokenMixer.kernelSize"],
    ],
  ])("%s", (_what, network, paths) => {
    expect(blamed(network, small)).toEqual(paths);
  });

  it("in words", () => {
    expect(overLimits(edited(["stages[3].dim", 8192]), small, { batch: 1 })[0]?.message).toMatch(
      /^stages\.3\.blocks\.0\.mlp\.fc1 needs [\d,]+ MiB in one piece, this device holds 32 MiB$/,
    );
  });
});

it("blames a batch for itself", () => {
  expect(blamed(tiny, limits, 1024)).toEqual(["batch"]);
  expect(overLimits(resnet50, limits, { batch: 1024 }).map(({ path }) => path)).toEqual(["batch"]);
});

it("looks at a memory of the device's own, and blames nobody for a network as usual", () => {
  expect(blamed(tiny, { ...limits, heapBytes: 100 * 2 ** 20 })).toEqual([""]);
  expect(blamed(tiny, { ...limits, totalBytes: 100 * 2 ** 20 })).toEqual([""]);
});

it("counts channels as they lie in memory, so that no buffer is larger than the device's largest", () => {
  // Pixels of three channels take four: 113 MiB of image are a buffer of 151 MiB, and no other map is as large.
  const narrow = edited(["stages[*].dim", 12], ["imageSize", 544]);
  const device = { ...limits, tensorBytes: 2 ** 27 };
  expect(blamed(narrow, device, 32)).toEqual(["batch"]);
  expect(blamed(narrow, device, 28)).toEqual([]);
});
