/**
 * @file Whether the times of a run are too small to say much about the networks, from what was measured in that run: the
 * step in which its clock moved, how much of a forward the GPU computed, and how far rounds were thrown off by what else
 * the machine did.
 */
import { type BenchmarkRecord, keyOf } from "../../model/benchmark/record.ts";
import { fewestRounds, median, percentile } from "../../model/benchmark/statistics.ts";
import { clockStep } from "../../model/runtime/clockStep.ts";
import { measureLimits } from "../settings/settings.ts";
import type { RecordedVariant } from "./results.ts";

export interface SmallTime {
  /** The network that is hit hardest; with its kernels where the run had several kinds. */
  readonly name: string;
  /** Median of one forward of the batch. */
  readonly medianMs: number;
  /** In ms, `clock`: its step; `waiting`: what the GPU computed of the median; `scatter`: the 90th percentile. */
  readonly why: { readonly kind: "clock" | "waiting" | "scatter"; readonly ms: number };
  /** A larger batch with which this should be over; undefined where the run had the largest already. */
  readonly batch: number | undefined;
}

/** One step of the clock is then 5 % of the time: as much as the axis of the ratios shows at the least. */
const fewestSteps = 20;

/** Handing over and reading back take most of the time where the GPU computes less than this share. */
const leastComputing = 0.5;

/** One round in ten is then more disturbance than network. */
const mostScatter = 2;

/** What throws off a longer forward so far also makes the timer after it late, and the round is thrown out (rounds.ts). */
const unnoticedMs = 50;

/** What a proposal aims at, so that it is not followed by the next. */
const aim = { steps: 2 * fewestSteps, computing: 0.75, disturbance: 0.25 };

type Doubt = SmallTime["why"] & {
  /** How many times as long a forward should take. */
  readonly factor: number;
};

/** Undefined where nothing speaks against the times. */
export function smallTimeOf(record: BenchmarkRecord): SmallTime | undefined {
  const { variants, settings } = record;
  const stepMs = clockStepOf(variants.flatMap(({ samplesMs }) => samplesMs));
  const hasOneKind = new Set(variants.map(({ kernels }) => kernels)).size < 2;
  const [worst] = variants
    .flatMap((variant) =>
      doubtsOf(variant, stepMs).map(({ factor, ...why }) => ({
        name: hasOneKind ? variant.name : keyOf(variant),
        medianMs: median(variant.samplesMs),
        why,
        factor,
      })),
    )
    .toSorted((a, b) => b.factor - a.factor);
  if (!worst) return undefined;
  const { factor, ...small } = worst;
  return { ...small, batch: batchFor(factor, settings.batch) };
}

function doubtsOf({ samplesMs, gpu }: RecordedVariant, stepMs: number | undefined): readonly Doubt[] {
  const medianMs = median(samplesMs);
  const doubts: Doubt[] = [];
  if (stepMs !== undefined && medianMs < fewestSteps * stepMs) {
    doubts.push({ kind: "clock", ms: stepMs, factor: (aim.steps * stepMs) / medianMs });
  }
  if (gpu?.isResolved && gpu.medianMs < leastComputing * medianMs) {
    const wantedMs = ((medianMs - gpu.medianMs) * aim.computing) / (1 - aim.computing);
    doubts.push({ kind: "waiting", ms: gpu.medianMs, factor: wantedMs / gpu.medianMs });
  }
  const p90Ms = percentile(samplesMs, 90);
  const isEnough = samplesMs.length >= fewestRounds;
  if (isEnough && medianMs < unnoticedMs && p90Ms > mostScatter * medianMs) {
    doubts.push({ kind: "scatter", ms: p90Ms, factor: (p90Ms - medianMs) / (aim.disturbance * medianMs) });
  }
  return doubts;
}

/** The power of two with which a forward takes so many times as long, as far as a measurement goes. */
function batchFor(factor: number, before: number): number | undefined {
  const wanted = Math.min(2 ** Math.ceil(Math.log2(before * factor)), measureLimits.batch);
  return wanted > before ? wanted : undefined;
}

/** Milliseconds that all times are multiples of; undefined where that cannot be seen. */
function clockStepOf(samplesMs: readonly number[]): number | undefined {
  const moments = samplesMs.map((ms) => BigInt(Math.round(1e6 * ms)));
  const step = clockStep([0n, ...moments]);
  // A few times may share a divisor by chance.
  if (samplesMs.length < fewestRounds || step === 0n) return undefined;
  return moments.every((moment) => moment % step === 0n) ? Number(step) / 1e6 : undefined;
}
