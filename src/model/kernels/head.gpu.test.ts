import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import { dispatchAveragePool } from "./averagePool.ts";
import { averagePoolReference, layerNormReference } from "./head.testing.ts";
import { dispatchLayerNorm } from "./layerNorm.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

describe("layer norm", () => {
  const gpu = useTestGpu();
  for (const [pixels, channels] of [
    [49, 96],
    [70, 7],
    [3, 1],
    [1, 130],
  ] as const) {
    it(`agrees with the CPU: ${pixels} pixels of ${channels} channels, far off centre`, async () => {
      const x = noise(pixels * channels).map((value) => value + 30);
      const [weight, bias] = [noise(channels, 2), noise(channels, 3)];
      const result = await gpu().run(dispatchLayerNorm(pixels, channels, 1e-6), [
        padChannels(x, channels),
        padChannels(weight, channels),
        padChannels(bias, channels),
      ]);
      const expected = layerNormReference(x, weight, bias, 1e-6);
      expect(largestDifference(result, padChannels(expected, channels))).toBeLessThan(2e-5);
    });
  }
});

describe("average pool", () => {
  const gpu = useTestGpu();
  for (const [images, pixels, channels] of [
    [1, 49, 768],
    [3, 20, 10],
    [2, 1, 3],
  ] as const) {
    it(`agrees with the CPU: ${images} images of ${pixels} pixels, ${channels} channels`, async () => {
      const x = noise(images * pixels * channels);
      const result = await gpu().run(dispatchAveragePool(images, pixels, channels), [
        padChannels(x, channels),
      ]);
      const expected = averagePoolReference(x, pixels, channels);
      expect(largestDifference(result, padChannels(expected, channels))).toBeLessThan(1e-6);
    });
  }
});
