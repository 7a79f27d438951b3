import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { seedOf } from "./seed.ts";

describe("the seed of a run", () => {
  it("is what was asked for", () => {
    expect(seedOf("42")).toBe(42);
    expect(seedOf("0")).toBe(0);
    expect(seedOf("-2147483648")).toBe(-(2 ** 31));
  });

  it("is another each time where nothing was", () => {
    const seeds = Array.from({ length: 20 }, () => seedOf(undefined));
    expect(new Set(seeds).size).toBe(seeds.length);
    for (const seed of seeds) expect(seedOf(`${seed}`)).toBe(seed);
  });

  it.each(["seed", "1.5", "4294967296", "Infinity"])("is not %s", (wanted) => {
    expect(() => seedOf(wanted)).toThrow(RangeError);
  });

  it("is what every property draws from, and what it says when it fails", () => {
    const never = fc.property(fc.integer(), () => false);
    expect(fc.check(never).seed).toBe(inject("seed"));
    expect(() => fc.assert(never)).toThrow(`seed: ${inject("seed")}`);
  });
});
