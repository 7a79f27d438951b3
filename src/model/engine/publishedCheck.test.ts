import { describe, expect, it } from "vitest";
import { isPublishedCheckpoint, publishedCheck, publishedVerdict } from "./publishedCheck.ts";

/** Logits whose softmax has these values at the two published classes, and is even elsewhere. */
function logitsOf(egyptianCat: number, tigerCat: number): Float32Array {
  const rest = (1 - egyptianCat - tigerCat) / (publishedCheck.numClasses - 2);
  const logits = new Float32Array(publishedCheck.numClasses).fill(Math.log(rest));
  logits[285] = Math.log(egyptianCat);
  logits[282] = Math.log(tigerCat);
  return logits;
}

describe("the published check", () => {
  it.each([
    ["the published numbers", 0.82217, 0.01905, true],
    ["a difference within 0.005", 0.8265, 0.0145, true],
    ["one class too far off", 0.8275, 0.01905, false],
    ["the other too far off", 0.82217, 0.025, false],
    ["the two exchanged", 0.01905, 0.82217, false],
  ])("given %s", (_what, egyptianCat, tigerCat, isVerified) => {
    const verdict = publishedVerdict(logitsOf(egyptianCat, tigerCat));
    expect(verdict.isVerified).toBe(isVerified);
    expect(verdict.classes.map(({ label, expected }) => [label, expected])).toEqual([
      ["Egyptian cat", 0.82217],
      ["tiger cat", 0.01905],
    ]);
    expect(verdict.classes[0]?.found).toBeCloseTo(egyptianCat, 5);
    expect(verdict.classes[1]?.found).toBeCloseTo(tigerCat, 5);
  });

  it("does not take a network that is broken for one that agrees", () => {
    expect(publishedVerdict(new Float32Array(publishedCheck.numClasses).fill(Number.NaN)).isVerified).toBe(
      false,
    );
  });

  it.each([
    ["the official file, whatever it is called", publishedCheck.weights, true, true],
    ["another file that is called so", publishedCheck.weights, false, false],
    ["another known checkpoint", "inception_next_atto.sail_in1k", true, false],
  ])("given %s", (_what, id, verified, isIt) => {
    expect(isPublishedCheckpoint({ id, verified })).toBe(isIt);
  });

  it("refuses a network of other classes", () => {
    expect(() => publishedVerdict(new Float32Array(10))).toThrow(
      "1000 classes of ImageNet; these weights have 10",
    );
  });
});
