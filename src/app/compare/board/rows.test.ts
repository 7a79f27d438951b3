import { describe, expect, it } from "vitest";
import { attoArchitecture, attoOfDepth } from "../../engine/fakeEngine.testing.ts";
import { recordedVariant, recordWith } from "../../runs/records.testing.ts";
import { resultsOf } from "../../runs/results.ts";
import { bestFirst, type Row, rowDifference, rowOf, type Sorting, sorted } from "./rows.ts";

const less = (id: "params" | "medianMs" | "p90Ms") => ({ id, isLessBetter: true });
const more = (id: "imagesPerSecond" | "top1") => ({ id, isLessBetter: false });
const accuracy = (top1: number) => ({
  top1,
  images: 1000,
  provenance: { badge: "pretrained", carried: 1 } as const,
});

/** A baseline and another with these times; names in the order of the alphabet. */
function rows(base: number[], other: number[], top1: readonly (number | undefined)[] = []): [Row, Row] {
  const variants = [
    recordedVariant("base", attoArchitecture, { samplesMs: base }),
    recordedVariant("other", attoOfDepth(3), { samplesMs: other }),
  ] as const;
  const results = resultsOf(recordWith(variants), variants[0]);
  const row = (place: 0 | 1) =>
    rowOf({
      id: variants[place].name,
      name: variants[place].name,
      network: variants[place].network,
      result: results[place],
      accuracy: top1[place] === undefined ? undefined : accuracy(top1[place]),
    });
  return [row(0), row(1)];
}

describe("a row's difference", () => {
  it("of times is that of the two numbers in the column, without a verdict", () => {
    const [base, other] = rows([10, 10, 10, 10, 10, 10, 10], [20, 20, 20, 20, 20, 20, 20]);
    expect(rowDifference(less("medianMs"), other, base)).toEqual({ text: "+100.0 %", verdict: "same" });
    expect(rowDifference(less("p90Ms"), other, base)).toEqual({ text: "+100.0 %", verdict: "same" });
    expect(rowDifference(more("imagesPerSecond"), other, base)).toEqual({ text: "−50.0 %", verdict: "same" });
    expect(other.result?.against?.verdict).toBe("slower");
  });

  it("follows the medians where the rounds point the other way, and nothing is decided", () => {
    // Slower in five of seven rounds, yet the middle of all its times is lower.
    const [base, other] = rows([1, 2, 3, 10, 11, 12, 13], [1.1, 2.2, 3.3, 9, 12.1, 8, 14.3]);
    expect(other.result?.against?.median).toBeGreaterThan(1);
    expect(rowDifference(less("medianMs"), other, base)?.text).toBe("−20.0 %");
    expect(other.result?.against?.verdict).toBe("undecided");
  });

  it("of counted numbers is certain, of accuracies in points and never certain", () => {
    const [base, other] = rows([1], [1], [0.9, 0.875]);
    expect(rowDifference(less("params"), other, base)?.verdict).toBe("better");
    expect(rowDifference(more("top1"), other, base)).toEqual({ text: "−2.5 points", verdict: "same" });
  });

  it("is none for the baseline, without one, and where a number is missing", () => {
    const [base, other] = rows([1], [2], [0.9, undefined]);
    expect(rowDifference(less("medianMs"), base, base)).toBeUndefined();
    expect(rowDifference(less("medianMs"), other, undefined)).toBeUndefined();
    expect(rowDifference(more("top1"), other, base)).toBeUndefined();
  });
});

describe("sorting", () => {
  const measured = rows([10, 10, 10, 10, 10, 10], [5, 5, 5, 5, 5, 5]);
  const unmeasured = rowOf({ id: "zero", name: "zero", network: attoOfDepth(1), result: undefined });
  const all = [unmeasured, ...measured];
  const order = (sorting: Sorting | undefined) => sorted(all, sorting).map(({ id }) => id);

  it("leaves the order where none is wanted, and never changes the rows", () => {
    expect(order(undefined)).toEqual(["zero", "base", "other"]);
    order({ by: "name", isDescending: false });
    expect(all[0]).toBe(unmeasured);
  });

  it("goes by name, by a figure, by the ratio with the baseline as 1", () => {
    expect(order({ by: "name", isDescending: false })).toEqual(["base", "other", "zero"]);
    expect(order({ by: "name", isDescending: true })).toEqual(["zero", "other", "base"]);
    expect(order({ by: "params", isDescending: false })).toEqual(["zero", "other", "base"]);
    expect(order({ by: "ratio", isDescending: false })).toEqual(["other", "base", "zero"]);
  });

  it("puts what was not measured last either way", () => {
    expect(order({ by: "medianMs", isDescending: false })).toEqual(["other", "base", "zero"]);
    expect(order({ by: "medianMs", isDescending: true })).toEqual(["base", "other", "zero"]);
  });

  it("begins with the best", () => {
    expect(bestFirst("medianMs")).toEqual({ by: "medianMs", isDescending: false });
    expect(bestFirst("imagesPerSecond")).toEqual({ by: "imagesPerSecond", isDescending: true });
    expect(bestFirst("top1").isDescending).toBe(true);
    expect(bestFirst("name").isDescending).toBe(false);
  });
});
