import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashes } from "../weights/seeded.ts";
import {
  comparisons,
  median,
  pairwiseRatios,
  percentile,
  ratioInterval,
  summarise,
  verdictOf,
} from "./statistics.ts";

const times = fc.array(fc.double({ min: 0.001, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 60 });
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe("median and percentile", () => {
  it("takes the middle value, or the mean of the middle two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it("interpolates between neighbours as NumPy does", () => {
    // numpy.percentile([15, 20, 35, 40, 50], [0, 40, 90, 99, 100])
    const values = [35, 20, 50, 15, 40];
    expect([0, 40, 90, 99, 100].map((p) => percentile(values, p))).toEqual([15, 29, 46, 49.6, 50]);
  });

  it("lies within the values and grows with p", () => {
    const share = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(times, share, share, (values, p, q) => {
        const [low = 0, high = 0] = sorted([p, q]).map((at) => percentile(values, at));
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        // Interpolating between equal neighbours may round in the last bit.
        expect(high - low).toBeGreaterThanOrEqual(-1e-9 * Math.abs(high));
      }),
    );
  });

  it("does not depend on the order, and leaves its input alone", () => {
    fc.assert(
      fc.property(times, (values) => {
        const before = [...values];
        expect(percentile(values, 90)).toBe(percentile(sorted(values), 90));
        expect(values).toEqual(before);
      }),
    );
  });

  it("refuses what has no answer", () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([1], 101)).toThrow(RangeError);
    expect(() => percentile([1], Number.NaN)).toThrow(RangeError);
  });
});

describe("summarise", () => {
  it("gives the throughput at the median", () => {
    expect(summarise([10, 30, 20], 4)).toEqual({
      batch: 4,
      runs: 3,
      medianMs: 20,
      p90Ms: 28,
      p95Ms: 29,
      p99Ms: 29.8,
      imagesPerSecond: 200,
      samplesMs: [10, 30, 20],
    });
  });

  it("scales with the clock", () => {
    fc.assert(
      fc.property(times, (values) => {
        const once = summarise(values, 1);
        const twice = summarise(
          values.map((time) => 2 * time),
          1,
        );
        expect(twice.medianMs).toBe(2 * once.medianMs);
        expect(twice.imagesPerSecond).toBe(once.imagesPerSecond / 2);
      }),
    );
  });
});

describe("ratios", () => {
  it("are paired by round, so that drift cancels", () => {
    const samples = new Map([
      ["a", [2, 20, 200]],
      ["b", [1, 10, 100]],
      ["c", [4, 40, 400]],
    ]);
    expect(pairwiseRatios(samples)).toEqual([
      { a: "a", b: "b", median: 2 },
      { a: "a", b: "c", median: 0.5 },
      { a: "b", b: "c", median: 0.25 },
    ]);
  });

  it("refuses rounds that do not match", () => {
    const samples = new Map([
      ["a", [1, 2]],
      ["b", [1]],
    ]);
    expect(() => pairwiseRatios(samples)).toThrow("2 and 1");
  });
});

describe("ratioInterval", () => {
  /** Times of `rounds` rounds: `factor` times a drifting machine, with noise of +-10 % for this name. */
  const series = (name: string, rounds: number, factor: number) =>
    [...hashes(name, rounds)].map(
      (hash, round) => factor * (1 + round / rounds) * (0.9 + (0.2 * hash) / 2 ** 32),
    );

  it("holds the true ratio, and 1 only where there is none", () => {
    const same = ratioInterval(series("a", 41, 1), series("b", 41, 1));
    expect(same.low).toBeLessThan(1);
    expect(same.high).toBeGreaterThan(1);
    const faster = ratioInterval(series("a", 41, 1.2), series("b", 41, 1));
    expect(faster.low).toBeGreaterThan(1);
    expect(faster.low).toBeLessThan(1.2);
    expect(faster.high).toBeGreaterThan(1.2);
    expect(faster.rounds).toBe(41);
  });

  it("covers the true ratio about as often as it says", () => {
    const covered = Array.from({ length: 200 }, (_, trial) => {
      const interval = ratioInterval(series(`a${trial}`, 25, 1.1), series(`b${trial}`, 25, 1), {
        resamples: 200,
      });
      return interval.low <= 1.1 && 1.1 <= interval.high;
    });
    const share = covered.filter(Boolean).length / covered.length;
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.99);
  });

  it("holds the median, and is the same every time", () => {
    fc.assert(
      fc.property(times, (values) => {
        const ones = values.map(() => 1);
        const interval = ratioInterval(values, ones, { resamples: 50 });
        expect(interval.median).toBe(median(values));
        expect(interval.low).toBeLessThanOrEqual(interval.high);
        expect(ratioInterval(values, ones, { resamples: 50 })).toEqual(interval);
      }),
    );
  });

  it("is a point where every round agrees", () => {
    expect(ratioInterval([2, 4, 6], [1, 2, 3])).toEqual({ median: 2, low: 2, high: 2, rounds: 3 });
  });

  it("resamples as drawing and sorting does", () => {
    // Of three rounds, the median of a resample is the smallest with 7 chances of 27, the largest likewise.
    const { median: middle, low, high } = ratioInterval([1, 2, 4], [1, 1, 1], { level: 0.4 });
    expect({ middle, low, high }).toEqual({ middle: 2, low: 2, high: 2 });
    expect(ratioInterval([1, 2, 4], [1, 1, 1], { level: 0.6 })).toMatchObject({ low: 1, high: 4 });
    // Of two, it is their mean with half the chances.
    expect(ratioInterval([1, 2], [1, 1], { level: 0.4 })).toMatchObject({ low: 1.5, high: 1.5 });
    expect(ratioInterval([1, 2], [1, 1], { level: 0.6 })).toMatchObject({ low: 1, high: 2 });
  });

  it("narrows with more rounds", () => {
    const width = (rounds: number) => {
      const { low, high } = ratioInterval(series("a", rounds, 1), series("b", rounds, 1));
      return high - low;
    };
    expect(width(400)).toBeLessThan(width(20) / 2);
  });
});

describe("comparisons", () => {
  const samples = new Map([
    ["a", [2, 4, 6, 8, 10, 12]],
    ["b", [1, 2, 3, 4, 5, 6]],
    ["c", [4, 8, 12, 16, 20, 24]],
  ]);

  it("give each pair its interval and the rounds that it comes from", () => {
    const point = (median: number) => ({ median, low: median, high: median, rounds: 6 });
    expect(comparisons(samples)).toEqual([
      { a: "a", b: "b", ...point(2) },
      { a: "a", b: "c", ...point(0.5) },
      { a: "b", b: "c", ...point(0.25) },
    ]);
    expect(comparisons(samples).map(verdictOf)).toEqual(["slower", "faster", "faster"]);
  });

  it("agree with the interval of the pair", () => {
    const noisy = new Map([
      ["a", Array.from(hashes("a", 30), (hash) => 1 + hash / 2 ** 32)],
      ["b", Array.from(hashes("b", 30), (hash) => 1 + hash / 2 ** 32)],
    ]);
    const [pair] = comparisons(noisy);
    expect(pair).toMatchObject(ratioInterval(noisy.get("a") ?? [], noisy.get("b") ?? []));
    expect(pair && verdictOf(pair)).toBe("undecided");
  });

  it("decide nothing where the interval touches 1 or the rounds are too few to tell", () => {
    const of = (low: number, high: number, rounds: number) => verdictOf({ median: 1, low, high, rounds });
    expect(of(1, 1.2, 40)).toBe("undecided");
    expect(of(0.8, 1, 40)).toBe("undecided");
    expect(of(1.001, 1.2, 6)).toBe("slower");
    expect(of(0.8, 0.999, 6)).toBe("faster");
    expect(of(0.8, 0.9, 5)).toBe("undecided");
  });
});
