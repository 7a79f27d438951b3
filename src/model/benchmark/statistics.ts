/**
 * @file Statistics of repeated timings.
 *
 * Medians and percentiles, since a few slow runs (another page, a garbage collection) say nothing about the network. Two
 * networks are compared by the ratio of their times in the same round, which slow drift of the machine cannot bend.
 */
import { hashAt, seedOf } from "../weights/seeded.ts";

/** What a series of timed forwards says. */
export interface LatencySummary {
  /** Images a forward. */
  readonly batch: number;
  /** Counted forwards. */
  readonly runs: number;
  /** Milliseconds of one forward of the batch. */
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
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

/** A pair of runners: the median over rounds of a's time over b's, with its 95 % bootstrap interval. */
export interface Comparison extends Ratio, RatioInterval {}

/** Of a over b; `undecided` where nothing is shown. */
export type Verdict = "faster" | "slower" | "undecided";

/**
 * With fewer rounds nothing can be shown at 95 %, however they fall: of 5 rounds all lie on one side of the true median
 * with a chance of 1 in 16, of 6 with 1 in 32.
 */
export const fewestRounds = 6;

/** Sums up the times of forwards of `batch` images. @throws RangeError without samples. */
export function summarise(samplesMs: readonly number[], batch: number): LatencySummary {
  const medianMs = median(samplesMs);
  return {
    batch,
    runs: samplesMs.length,
    medianMs,
    p90Ms: percentile(samplesMs, 90),
    p95Ms: percentile(samplesMs, 95),
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

/** Every pair of runners, in their order, with its interval. @throws RangeError without rounds or where they differ. */
export function comparisons(samplesByName: ReadonlyMap<string, readonly number[]>): readonly Comparison[] {
  const series = [...samplesByName];
  return series.flatMap(([a, timesA], index) =>
    series.slice(index + 1).map(([b, timesB]) => ({ a, b, ...ratioInterval(timesA, timesB) })),
  );
}

/** Whether a is faster or slower than b: only where the interval excludes 1 and comes from enough rounds. */
export function verdictOf({ low, high, rounds }: RatioInterval): Verdict {
  if (rounds < fewestRounds) return "undecided";
  if (high < 1) return "faster";
  return low > 1 ? "slower" : "undecided";
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
  const ratios = Float64Array.from(roundRatios(a, b)).sort();
  const rounds = ratios.length;
  const seed = seedOf("bootstrap");
  const medians = Array.from({ length: resamples }, (_, resample) => resampledMedian(ratios, seed, resample));
  const tail = (100 * (1 - level)) / 2;
  return {
    median: median([...ratios]),
    low: percentile(medians, tail),
    high: percentile(medians, 100 - tail),
    rounds,
  };
}

/** Median of as many values as there are, drawn with replacement: counted, not sorted, so that many rounds cost little. */
function resampledMedian(sorted: Float64Array, seed: number, resample: number): number {
  const { length } = sorted;
  const times = new Uint32Array(length);
  for (let draw = 0; draw < length; draw++) {
    const place = Math.floor((hashAt(seed, resample * length + draw) / 2 ** 32) * length);
    times[place] = (times[place] ?? 0) + 1;
  }
  /** The value at this place among the drawn ones. */
  const drawn = (place: number) => {
    let at = 0;
    for (let left = place - (times[0] ?? 0); left >= 0; left -= times[at] ?? 0) at += 1;
    return sorted[at] ?? Number.NaN;
  };
  const middle = (length - 1) / 2;
  return (drawn(Math.floor(middle)) + drawn(Math.ceil(middle))) / 2;
}

function roundRatios(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length !== b.length) {
    throw new RangeError(`Times are paired by round, but there are ${a.length} and ${b.length}.`);
  }
  return a.map((time, round) => time / (b[round] ?? Number.NaN));
}
