import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import { depthwiseReference } from "./depthwise.testing.ts";
import { type DepthwiseSizes, dispatchDepthwise } from "./depthwise.ts";
import { type DepthwiseBranch, packDepthwise } from "./packDepthwise.ts";
import { padChannels, unpadChannels } from "./padding.ts";
import { pipelinesOf } from "./pipelines.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

type Kernel = readonly [height: number, width: number];

/** Branches of `count` channels one after the other, the last ending at the last channel. */
function branches(channels: number, count: number, kernels: readonly Kernel[]): DepthwiseBranch[] {
  return kernels.map((kernelSize, index) => ({
    start: channels - (kernels.length - index) * count,
    count,
    kernelSize,
    weight: noise(count * kernelSize[0] * kernelSize[1], 10 + index),
    bias: noise(count, 20 + index),
  }));
}

const inception = (band: number, square = 3): Kernel[] => [
  [square, square],
  [1, band],
  [band, 1],
];

const size = (channels: number, height: number, width = height, batch = 1): DepthwiseSizes => ({
  batch,
  height,
  width,
  channels,
});

const cases: readonly { name: string; sizes: DepthwiseSizes; branches: readonly DepthwiseBranch[] }[] = [
  { name: "tiny's first stage", sizes: size(96, 14), branches: branches(96, 12, inception(11)) },
  { name: "tiny's last stage", sizes: size(768, 7), branches: branches(768, 96, inception(11)) },
  { name: "atto's branches of 10 channels", sizes: size(40, 12), branches: branches(40, 10, inception(9)) },
  {
    name: "a batch, width no multiple of 4",
    sizes: size(32, 6, 9, 3),
    branches: branches(32, 8, inception(7)),
  },
  {
    name: "all four branches in one vector",
    sizes: size(4, 7),
    branches: branches(4, 1, inception(5)),
  },
  {
    name: "odd channels, other kernels",
    sizes: size(27, 9, 10),
    branches: branches(27, 5, inception(3, 7)),
  },
  { name: "kernels larger than the image", sizes: size(16, 3), branches: branches(16, 4, inception(11, 5)) },
  { name: "one pixel", sizes: size(9, 1), branches: branches(9, 3, inception(3)) },
  { name: "no identity channels", sizes: size(12, 5), branches: branches(12, 4, inception(9)) },
  { name: "only the square", sizes: size(24, 8), branches: branches(24, 6, inception(9)).slice(0, 1) },
  { name: "only 1 x k", sizes: size(24, 8), branches: branches(24, 6, inception(9)).slice(1, 2) },
  { name: "only k x 1", sizes: size(24, 8), branches: branches(24, 6, inception(9)).slice(2) },
  { name: "branches of no channels", sizes: size(24, 8), branches: branches(24, 0, inception(9)) },
  { name: "no branch at all", sizes: size(10, 8), branches: [] },
  { name: "ConvNeXt's 7 x 7", sizes: size(96, 14), branches: branches(96, 96, [[7, 7]]) },
  { name: "partial 7 x 7", sizes: size(40, 9), branches: branches(40, 15, [[7, 7]]) },
  { name: "1 x 1 kernels", sizes: size(8, 5), branches: branches(8, 2, inception(1, 1)) },
];

describe("depthwise", () => {
  const gpu = useTestGpu();

  for (const { name, sizes, branches } of cases) {
    it(`agrees with the CPU: ${name}`, async () => {
      const { batch, height, width, channels } = sizes;
      const x = noise(batch * height * width * channels);
      const packed = packDepthwise(channels, branches);
      const result = await gpu().run(dispatchDepthwise(sizes), [
        padChannels(x, channels),
        packed.weights,
        packed.bias,
        packed.table,
      ]);
      const expected = depthwiseReference(x, sizes, branches);
      expect(largestDifference(result, padChannels(expected, channels))).toBeLessThan(1e-5);
      if (branches.length === 0) expect(unpadChannels(result, channels)).toEqual(x);
    });
  }

  it("takes one pipeline for all of them", () => {
    expect(pipelinesOf(gpu().backend.device).size).toBe(1);
  });

  it.each([
    { start: 4, count: 8 },
    { start: 5, count: 7 },
    { start: 3, count: 1 },
    { start: 2, count: 11 },
  ])("gives a part of the channels alone: %o", async ({ start, count }) => {
    const sizes = size(13, 6, 9, 2);
    const x = noise(sizes.batch * sizes.height * sizes.width * sizes.channels);
    const kernel = { kernelSize: [3, 5], weight: noise(count * 15, 2), bias: noise(count, 3) } as const;
    // The part's last channel passes through.
    const convolved = Math.max(count - 1, 1);
    const packed = packDepthwise(count, [{ ...kernel, start: 0, count: convolved }]);
    const result = await gpu().run(dispatchDepthwise(sizes, { start, count }), [
      padChannels(x, sizes.channels),
      packed.weights,
      packed.bias,
      packed.table,
    ]);
    const whole = depthwiseReference(x, sizes, [{ ...kernel, start, count: convolved }]);
    const expected = whole.filter((_, index) => {
      const channel = index % sizes.channels;
      return channel >= start && channel < start + count;
    });
    expect(largestDifference(result, padChannels(expected, count))).toBeLessThan(1e-5);
  });
});
