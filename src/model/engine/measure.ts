/** @file Times variants against each other on the running backend. */
import * as tf from "@tensorflow/tfjs-core";
import type { GpuTimes, LatencyStatistics, Measurement, MeasureRequest } from "../benchmark/measurement.ts";
import { type Disturbance, interleave, type Samples } from "../benchmark/rounds.ts";
import { comparisons, summarise } from "../benchmark/statistics.ts";
import type { Visibility } from "../benchmark/visibility.ts";
import { freeUnusedBuffers } from "../runtime/bufferPool.ts";
import type { NetworkDevice } from "../runtime/build.ts";
import { EngineError } from "../runtime/errors.ts";
import type { KernelChoice } from "../runtime/runnable.ts";
import type { OnProgress } from "./api.ts";
import { Contestant } from "./contestant.ts";
import { environmentOf } from "./environment.ts";
import { timeOnGpu } from "./gpuTimes.ts";
import { checkRoom } from "./room.ts";
import type { Started } from "./started.ts";

type Variant = MeasureRequest["variants"][number];

interface Watching {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
  readonly visibility: Visibility;
  /** Lets those in whom a person is waiting for, and says whether there were any. */
  readonly letOthersIn: () => Promise<boolean>;
}

/** One variant with one kind of kernels. */
interface Entry {
  readonly variant: Variant;
  readonly kernels: KernelChoice | undefined;
  /** Of the variant, and of the kernels where there are several. */
  readonly name: string;
}

/** Where in the progress the rounds begin, and where they end. */
const roundsFrom = 0.1;
const roundsTo = 0.9;

/**
 * Builds all variants, then runs them round by round. Weights are seeded.
 * @throws the signal's reason; EngineError, `overLimits` where the variants do not fit the device.
 */
export async function measureVariants(
  backend: Started,
  request: MeasureRequest,
  { signal, onProgress, visibility, letOthersIn }: Watching,
): Promise<Measurement> {
  const { batch, runs } = request;
  const entries = entriesOf(request);
  checkRoom(backend.limits, {
    networks: request.variants.map(({ architecture }) => architecture),
    batch,
    kernels: request.kernels,
  });
  // The first forward compiles and uploads what building has not, so it never counts.
  const warmup = Math.max(1, request.warmup);
  const discarded: Record<Disturbance, number> = { hidden: 0, busy: 0 };
  const contestants: Contestant[] = [];
  try {
    for (const [index, { variant, kernels, name }] of entries.entries()) {
      onProgress?.((roundsFrom * index) / entries.length, `building ${name}`);
      await letOthersIn();
      signal.throwIfAborted();
      const { architecture } = variant;
      contestants.push(
        await Contestant.build({ name, architecture, batch, kernels, present: backend.device }),
      );
    }
    const runners = contestants.map((contestant) => ({
      name: contestant.name,
      run: async () => {
        await contestant.run();
        backend.check();
      },
    }));
    const samples = await interleave(runners, {
      warmup,
      runs,
      signal,
      letOthersIn,
      onProgress: (done, what) => onProgress?.(roundsFrom + (roundsTo - roundsFrom) * done, what),
      watch: {
        visibility,
        onDiscard: (why) => {
          discarded[why] += 1;
        },
      },
    });
    checkCounted(samples);
    const gpuTimes = request.isWallTimeOnly
      ? new Map<string, GpuTimes>()
      : await gpuTimesOf(contestants, backend.device, {
          runs,
          signal,
          onProgress: (done, what) => onProgress?.(roundsTo + (1 - roundsTo) * done, what),
        });
    const results = contestants.map((contestant, index): LatencyStatistics => {
      const { warmupMs = [], countedMs = [] } = samples.get(contestant.name) ?? {};
      const gpu = gpuTimes.get(contestant.name);
      return {
        name: entries[index]?.variant.name ?? contestant.name,
        ...summarise(countedMs, batch),
        kernels: contestant.network.kernels,
        dispatches: contestant.network.dispatches,
        coldStart: { ...contestant.building, firstMs: warmupMs[0] ?? Number.NaN },
        ...(gpu ? { gpu } : {}),
      };
    });
    return {
      backend: backend.info,
      environment: environmentOf(tf.backend()),
      settings: { batch, runs, warmup },
      results,
      ratios: comparisons(new Map([...samples].map(([name, { countedMs }]) => [name, countedMs]))),
      discarded,
    };
  } finally {
    for (const contestant of contestants) contestant.dispose();
    await freeUnusedBuffers();
  }
}

function gpuTimesOf(
  contestants: readonly Contestant[],
  { fused }: NetworkDevice,
  options: Parameters<typeof timeOnGpu>[2],
): ReturnType<typeof timeOnGpu> {
  return fused ? timeOnGpu(contestants, fused.device, options) : Promise.resolve(new Map());
}

/** @throws EngineError `badInput` */
function entriesOf({ variants, kernels, batch, runs }: MeasureRequest): readonly Entry[] {
  const choices: readonly (KernelChoice | undefined)[] = kernels ?? [undefined];
  if (variants.length === 0 || choices.length === 0 || batch < 1 || runs < 1) {
    throw new EngineError(
      "badInput",
      "A measurement needs at least one variant, one kind of kernels, one image a batch and one run.",
    );
  }
  const entries = variants.flatMap((variant) =>
    choices.map((choice) => ({
      variant,
      kernels: choice,
      name: choice && choices.length > 1 ? `${variant.name} (${choice})` : variant.name,
    })),
  );
  if (new Set(entries.map(({ name }) => name)).size < entries.length) {
    throw new EngineError("badInput", "Two variants have one name: rename one of them.");
  }
  return entries;
}

/** @throws EngineError `failed` */
function checkCounted(samples: ReadonlyMap<string, Samples>): void {
  if ([...samples.values()].every(({ countedMs }) => countedMs.length > 0)) return;
  throw new EngineError(
    "failed",
    "The machine was too busy for a single undisturbed round: try again later.",
  );
}
