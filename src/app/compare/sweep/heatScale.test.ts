import { describe, expect, it } from "vitest";
import { heatScale } from "./heatScale.ts";

describe("the colours of a heat map", () => {
  it("are linear where the values are spread evenly", () => {
    const scale = heatScale([1, 2, 3, 4, 5]);
    expect(scale).toMatchObject({ kind: "linear", marks: [1, 3, 5] });
    expect(scale?.share(2)).toBe(0.25);
  });

  it("are logarithmic where each value is a multiple of the one before", () => {
    const scale = heatScale([1, 10, 100, 1000, 10_000]);
    expect(scale).toMatchObject({ kind: "logarithmic", marks: [1, 100, 10_000] });
    expect(scale?.share(10)).toBeCloseTo(0.25);
  });

  it("go by rank where one corner lies far from all others", () => {
    const scale = heatScale([1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.5, 1e6, 1.05]);
    expect(scale).toMatchObject({ kind: "rank", marks: [1, 1.3, 1e6] });
    expect(scale?.share(1)).toBe(0);
    expect(scale?.share(1.3)).toBe(0.5);
    expect(scale?.share(1e6)).toBe(1);
    expect(scale?.share(1.5)).toBe(6.5 / 8);
  });

  it("never take the logarithm of nothing", () => {
    expect(heatScale([0, 0.001, 0.002, 0.003, 1])?.kind).toBe("rank");
  });

  it.each([[[]], [[2, 2, 2]]])("need two different values: %j", (values) => {
    expect(heatScale(values)).toBeUndefined();
  });
});
