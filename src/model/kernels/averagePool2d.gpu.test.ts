import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../graph/builder.ts";
import { largestDifference } from "../graph/difference.ts";
import { logitsOf } from "../graph/interpret.testing.ts";
import type { Size2d } from "../graph/types.ts";
import { dispatchAveragePool2d } from "./averagePool2d.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

const cases: readonly (readonly [channels: number, side: number, kernelSize: Size2d])[] = [
  [64, 14, [3, 3]],
  [7, 9, [5, 1]],
  [6, 3, [7, 7]],
  [1, 1, [3, 3]],
  [4, 5, [1, 1]],
];

describe.each([false, true])("average pool 2d, subtracting: %s", (subtracts) => {
  const gpu = useTestGpu();

  it.each(cases)("agrees with the interpreter: %i channels, side %i, kernel %o", async (...of) => {
    const [channels, side, kernelSize] = of;
    const [batch, area] = [2, side ** 2];
    const builder = new GraphBuilder();
    const output = builder.group({ id: "all", kind: "stem" }, () => {
      const x = builder.input("input", channels, side);
      const pooled = builder.averagePool2d("pool", x, kernelSize);
      return subtracts ? builder.subtract("difference", pooled, x) : pooled;
    });
    const graph = builder.build(output);
    // Images one after the other, each channels last, as the kernel has them; the interpreter has them first.
    const x = noise(batch * area * channels);
    const place = (index: number) => (index % channels) * area + Math.floor(index / channels);
    const expected = Array.from({ length: batch }, (_, image) => {
      const values = x.subarray(image * area * channels, (image + 1) * area * channels);
      const first = new Float32Array(values.length);
      for (const [index, value] of values.entries()) first[place(index)] = value;
      const result = logitsOf(graph, new Map(), first);
      return Array.from(values, (_, index) => result[place(index)] ?? Number.NaN);
    });
    const padded = padChannels(x, channels);
    const result = await gpu().run(
      dispatchAveragePool2d({ batch, height: side, width: side, channels, kernelSize }, subtracts),
      subtracts ? [padded, padded] : [padded],
    );
    const wanted = padChannels(Float32Array.from(expected.flat()), channels);
    expect(largestDifference(result, wanted)).toBeLessThan(1e-6);
  });
});
