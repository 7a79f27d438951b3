import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import { gelu } from "../graph/gelu.ts";
import { dispatchElementwise, type Elementwise } from "./elementwise.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

/** What becomes of a value, given those of the other inputs beside it, of one a channel or of one a value. */
const references: Readonly<Record<Elementwise, (x: number, a: number, b: number) => number>> = {
  gelu,
  relu: (x) => Math.max(x, 0),
  affine: (x, factor, offset) => x * factor + offset,
  add: (x, other) => x + other,
  subtract: (x, other) => x - other,
};

describe.each(Object.keys(references) as Elementwise[])("%s", (of) => {
  const gpu = useTestGpu();

  it.each([
    [49, 96],
    [70, 7],
    [1, 1],
  ])(
    "agrees with the CPU on %i pixels of %i channels, and keeps what only pads 0",
    async (pixels, channels) => {
      const x = noise(pixels * channels).map((value) => 4 * value);
      const lengths = {
        gelu: [],
        relu: [],
        affine: [channels, channels],
        add: [x.length],
        subtract: [x.length],
      };
      const [a, b] = lengths[of].map((length, index) => noise(length, index + 2));
      const result = await gpu().run(
        dispatchElementwise(of, pixels, channels),
        [x, a, b].flatMap((values) => (values ? [padChannels(values, channels)] : [])),
      );
      const expected = x.map((value, index) => {
        const at = of === "affine" ? index % channels : index;
        return references[of](value, a?.[at] ?? 0, b?.[at] ?? 0);
      });
      expect(largestDifference(result, padChannels(expected, channels))).toBeLessThan(2e-6);
    },
  );
});
