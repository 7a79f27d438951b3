/**
 * @file What one run says about a network, alone and against the baseline. Only times of one run are ever compared: they
 * were taken in turn, round by round, on one device.
 */
import type { BenchmarkRecord } from "../../model/benchmark/record.ts";
import {
  type LatencySummary,
  median,
  type RatioInterval,
  ratioInterval,
  summarise,
  type Verdict,
  verdictOf,
} from "../../model/benchmark/statistics.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import { isSame } from "../network/sameNetwork.ts";

/** A network's part of a run: with one kind of kernels. */
export type RecordedVariant = BenchmarkRecord["variants"][number];

/** Time over the baseline's time in the same round: below 1 is faster. */
export interface Against extends RatioInterval {
  readonly verdict: Verdict;
}

export interface Result {
  readonly variant: RecordedVariant;
  readonly summary: LatencySummary;
  /** Undefined for the baseline itself, and where the run had none. */
  readonly against: Against | undefined;
}

/** A variant of the board, or of a run. Runs are matched by network, so that a new name loses nothing. */
interface Sought {
  readonly name: string;
  readonly network: AnyNetwork;
}

/** Every variant of the run, against the baseline's with the same kernels, else against the baseline's first. */
export function resultsOf(record: BenchmarkRecord, baseline: Sought | undefined): readonly Result[] {
  const bases = baseline ? matching(record.variants, baseline) : [];
  return record.variants.map((variant) => {
    const base = bases.find(({ kernels }) => kernels === variant.kernels) ?? bases[0];
    return {
      variant,
      summary: summarise(variant.samplesMs, record.settings.batch),
      against: base && base !== variant ? againstOf(variant, base) : undefined,
    };
  });
}

/** What a run is compared by: the board's baseline where that ran, else its own first. */
export function baselineIn({ variants }: BenchmarkRecord, wanted: Sought | undefined): Sought | undefined {
  return (wanted && matching(variants, wanted)[0]) ?? variants[0];
}

/** The first of a network's results, which is of the kernels that were asked for first; undefined where it did not run. */
export function resultFor(results: readonly Result[], sought: Sought): Result | undefined {
  const [first] = matching(
    results.map(({ variant }) => variant),
    sought,
  );
  return results.find(({ variant }) => variant === first);
}

/** Those of the same network; where one has the same name too, only such: a network can run against itself. */
function matching(variants: readonly RecordedVariant[], sought: Sought): readonly RecordedVariant[] {
  const same = variants.filter(({ network }) => isSame(network, sought.network));
  const named = same.filter(({ name }) => name === sought.name);
  return named.length > 0 ? named : same;
}

/** Where the medians point the other way than the rounds one by one, nothing is shown, however narrow the interval. */
function againstOf({ samplesMs }: RecordedVariant, base: RecordedVariant): Against {
  const interval = ratioInterval(samplesMs, base.samplesMs);
  const ofMedians = median(samplesMs) / median(base.samplesMs);
  const isContradicted = (ofMedians - 1) * (interval.median - 1) <= 0;
  return { ...interval, verdict: isContradicted ? "undecided" : verdictOf(interval) };
}
