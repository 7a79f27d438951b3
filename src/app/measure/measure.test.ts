import { describe, expect, it } from "vitest";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { measureRequestOf } from "./request.ts";
import { macsVerdict, verdictWords } from "./verdict.ts";

const contest = { baseline: attoArchitecture, batch: 2, runs: 20 };

describe("a measurement", () => {
  it("runs an edited network in turn with its baseline, under names of their own", () => {
    const request = measureRequestOf({ ...contest, architecture: attoOfDepth(7) });
    expect(request).toMatchObject({ batch: 2, runs: 20 });
    expect(request.variants).toEqual([
      { name: "InceptionNeXt-A, edited", architecture: attoOfDepth(7) },
      { name: "InceptionNeXt-A", architecture: attoArchitecture },
    ]);
  });

  it("keeps a name that the person gave", () => {
    const request = measureRequestOf({ ...contest, architecture: { ...attoOfDepth(7), name: "mine" } });
    expect(request.variants.map(({ name }) => name)).toEqual(["mine", "InceptionNeXt-A"]);
  });

  it("runs the baseline alone where nothing was edited", () => {
    const request = measureRequestOf({ ...contest, architecture: attoArchitecture });
    expect(request.variants).toEqual([{ name: "InceptionNeXt-A", architecture: attoArchitecture }]);
  });

  it("says the ratio in words", () => {
    const of = (median: number, low = median, high = median) =>
      verdictWords({ ratios: [{ a: "a", b: "b", median, low, high, rounds: 20 }] });
    expect(of(0.8)).toBe("1.25× faster than b on this device");
    expect(of(1.5, 1.4, 1.6)).toBe("1.50× slower than b on this device");
    expect(of(1.001)).toBe("Same speed as b on this device");
    expect(verdictWords({ ratios: [] })).toBeUndefined();
  });

  it("says no ratio that the rounds do not show", () => {
    const ratios = [{ a: "a", b: "b", median: 0.8, low: 0.7, high: 1.01, rounds: 20 }];
    expect(verdictWords({ ratios })).toBe("No difference from b that 20 rounds can show");
  });

  it("says what MACs would suggest", () => {
    expect(macsVerdict(50, 100)).toBe("Going by MACs, it would be 2.00× faster.");
    expect(macsVerdict(100, 100)).toBe("Going by MACs, they would be equally fast.");
  });
});
