import fc from "fast-check";
import { expect, it } from "vitest";
import { fromFloat16, toFloat16 } from "./float16.ts";

/** All that are numbers, from the smallest: the larger one of two has the larger bits. */
const positive = Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits);

it("gives every half back as it was", () => {
  expect(toFloat16(fromFloat16(positive))).toEqual(positive);
  const negative = positive.map((bits) => bits | 0x8000);
  expect(toFloat16(fromFloat16(negative))).toEqual(negative);
});

it("knows the numbers of the standard", () => {
  const known = new Map([
    [0x0001, 2 ** -24],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
  ]);
  expect([...fromFloat16(Uint16Array.from(known.keys()))]).toEqual([...known.values()]);
});

it("takes the nearest half, ties to even", () => {
  const values = fromFloat16(positive);
  const between = (share: number) =>
    Float32Array.from(values.subarray(1), (value, index) => {
      const below = values[index] ?? 0;
      return below + share * (value - below);
    });
  const indices = [...positive.subarray(0, -1)];
  expect([...toFloat16(between(0.25))]).toEqual(indices);
  expect([...toFloat16(between(0.75))]).toEqual(indices.map((index) => index + 1));
  expect([...toFloat16(between(0.5))]).toEqual(indices.map((index) => index + (index % 2)));
});

it("is off by at most half a unit in the last place, for any number that halves can hold", () => {
  fc.assert(
    fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
      const [near = Number.NaN] = fromFloat16(toFloat16(Float32Array.of(value)));
      const unit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) - 10), 2 ** -24);
      expect(Math.abs(near - value)).toBeLessThanOrEqual(unit / 2);
    }),
  );
});
