import { describe, expect, it } from "vitest";
import { timeLeft, timeLeftText } from "./timeLeft.ts";

describe("the time left", () => {
  it("is not known before enough was done", () => {
    expect(timeLeft([])).toBeUndefined();
    expect(timeLeft([{ done: 0.05, atMs: 100 }])).toBeUndefined();
    expect(timeLeftText(undefined)).toBe("estimating the time left");
  });

  it("follows the pace of late, not the slow start", () => {
    const reports = [
      { done: 0.1, atMs: 10_000 },
      { done: 0.2, atMs: 11_000 },
      { done: 0.4, atMs: 13_000 },
    ];
    expect(timeLeft(reports)).toBeCloseTo(6000, 6);
  });

  it.each([
    [300, "about 1 s left"],
    [12_400, "about 12 s left"],
    [180_000, "about 3 min left"],
  ])("of %i ms reads %s", (ms, text) => {
    expect(timeLeftText(ms)).toBe(text);
  });
});
