import { describe, expect, it } from "vitest";
import type { ChannelPart } from "../graph/passes/fused.ts";
import { dispatchChannels, packChannels } from "./channels.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

const part = (input: number, start: number, count: number): ChannelPart => ({
  input,
  channels: { start, count },
});

const cases: readonly { name: string; widths: readonly number[]; parts: readonly ChannelPart[] }[] = [
  { name: "the middle of a map", widths: [10], parts: [part(0, 3, 5)] },
  { name: "two maps", widths: [8, 4], parts: [part(0, 0, 8), part(1, 0, 4)] },
  {
    name: "maps that end within a vector",
    widths: [3, 2, 5],
    parts: [0, 1, 2].map((map) => part(map, 0, 3 + map)),
  },
  {
    name: "parts out of order, and twice",
    widths: [7, 6],
    parts: [part(1, 2, 4), part(0, 6, 1), part(1, 0, 6)],
  },
  { name: "six maps", widths: [1, 2, 3, 4, 5, 6], parts: [5, 4, 3, 2, 1, 0].map((map) => part(map, map, 1)) },
];

describe("channels", () => {
  const gpu = useTestGpu();

  it.each(cases)("puts together $name", async ({ widths, parts }) => {
    const pixels = 12;
    const maps = widths.map((width, index) => noise(pixels * width, index + 1));
    const within = parts.map(({ input, channels: { start, count } }) => {
      const width = widths[input] ?? 0;
      return { input, width, start, count: Math.min(count, width - start) };
    });
    const expected = Array.from({ length: pixels }, (_, pixel) =>
      within.flatMap(({ input, width, start, count }) => [
        ...(maps[input]?.subarray(pixel * width + start, pixel * width + start + count) ?? []),
      ]),
    );
    const channels = expected[0]?.length ?? 0;
    const table = packChannels(
      within.map(({ input, start, count }) => ({ input, channels: { start, count } })),
    );
    const [first = new Float32Array(), ...others] = maps.map((map, index) =>
      padChannels(map, widths[index] ?? 0),
    );
    const dispatch = dispatchChannels(pixels, widths, channels);
    const result = await gpu().run(dispatch, [first, table, ...others]);
    expect(result).toEqual(padChannels(Float32Array.from(expected.flat()), channels));
  });

  it("says that it joins no more than every device can bind", () => {
    expect(() => dispatchChannels(1, [1, 1, 1, 1, 1, 1, 1], 7)).toThrow("at most 6 maps");
  });
});
