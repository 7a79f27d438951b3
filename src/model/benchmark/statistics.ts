/**
 * @file Statistics of repeated timings.
 *
 * Medians and percentiles, since a few slow runs (another page, a garbage collection) say nothing about the network. Two
 * networks are compared by the ratio of their times in the same round, which slow drift of the machine cannot bend.
 */
import { hashes } from "../weights/seeded.ts";

/** What a series of timed forwards says. */
export interface LatencySummary {
  /** Images a forward. */
  readonly batch: number;
  /** Counted forwards. */
  readonly runs: number;
  /** Milliseconds of one forward of the batch. */
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  /** At the median: `1000 * batch / medianMs`. */
  readonly imagesPerSecond: number;
  /** Every counted forward, in order. */
  readonly samplesMs: readonly number[];
}

/** Median over rounds of the ratio of two runners' times in the same round, `a` over `b`. */
export interface Ratio {
  readonly a: string;
  readonly b: string;
  readonly median: number;
}

/** The median ratio with its bootstrap interval. */
export interface RatioInterval {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Pairs of times that it comes from. */
  readonly rounds: number;
}

/** Sums up the times of forwards of `batch` images. @throws RangeError without samples. */
export function summarise(samplesMs: readonly number[], batch: number): LatencySummary {
  const medianMs = median(samplesMs);
  return {
    batch,
    runs: samplesMs.length,
    medianMs,
    p90Ms: percentile(samplesMs, 90),
    p99Ms: percentile(samplesMs, 99),
    imagesPerSecond: (1000 * batch) / medianMs,
    samplesMs,
  };
}

/** The middle value; of an even count, the mean of the middle two. @throws RangeError without values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/**
 * The value at `p` percent of the way through the sorted values, linear between neighbours: position
 * `p / 100 * (n - 1)`, as NumPy's default. So 0 gives the smallest, 50 the median, 100 the largest.
 * @throws RangeError without values or for `p` outside 0 to 100.
 */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) throw new RangeError("No values: a percentile needs at least one run.");
  if (!(p >= 0 && p <= 100)) throw new RangeError(`A percentile lies between 0 and 100, not at ${p}.`);
  const sorted = [...values].sort((a, b) => a - b);
  const position = (p / 100) * (sorted.length - 1);
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

/** The median ratio of every pair of runners, in their order. @throws RangeError where their rounds differ. */
export function pairwiseRatios(samplesByName: ReadonlyMap<string, readonly number[]>): readonly Ratio[] {
  const series = [...samplesByName];
  return series.flatMap(([a, timesA], index) =>
    series.slice(index + 1).map(([b, timesB]) => ({ a, b, median: median(roundRatios(timesA, timesB)) })),
  );
}

/**
 * Bootstrap interval of the median ratio of `a` over `b`, where element i of both is from round i. Rounds are drawn with
 * replacement, so that what hits both in one round stays together. Percentile method; seeded, so the same times give the
 * same interval.
 * @param options `resamples` drawn, `level` of the interval (0.95 covers 95 %).
 * @throws RangeError without rounds or where their numbers differ.
 */
export function ratioInterval(
  a: readonly number[],
  b: readonly number[],
  { resamples = 2000, level = 0.95 }: { readonly resamples?: number; readonly level?: number } = {},
): RatioInterval {
  const ratios = roundRatios(a, b);
  const rounds = ratios.length;
  const draws = hashes("bootstrap", resamples * rounds);
  const medians = Array.from({ length: resamples }, (_, resample) =>
    median(ratios.map((_, round) => ratios[pick(draws[resample * rounds + round] ?? 0, rounds)] ?? 0)),
  );
  const tail = (100 * (1 - level)) / 2;
  return {
    median: median(ratios),
    low: percentile(medians, tail),
    high: percentile(medians, 100 - tail),
    rounds,
  };
}

/** An index below `count` from a draw of 32 bits. */
function pick(draw: number, count: number): number {
  return Math.floor((draw / 2 ** 32) * count);
}

function roundRatios(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) {
    throw new RangeError(`Times are paired by round, but there are ${a.length} and ${b.length}.`);
  }
  return a.map((time, round) => time / (b[round] ?? Number.NaN));
}
