/** @file Times variants against each other on the running backend. */
import * as tf from "@tensorflow/tfjs-core";
import { overLimits } from "../analysis/limits.ts";
import { ArchitectureError } from "../architecture/schema.ts";
import { interleave } from "../benchmark/rounds.ts";
import { pairwiseRatios, summarise } from "../benchmark/statistics.ts";
import { lower } from "../graph/lower.ts";
import type { RunningBackend } from "../runtime/backends.ts";
import { buildNetwork } from "../runtime/build.ts";
import { DeviceWeights } from "../runtime/deviceWeights.ts";
import { countDispatches } from "../runtime/dispatches.ts";
import { EngineError } from "../runtime/errors.ts";
import { toChannelsLast } from "../runtime/layout.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import type { LatencyStatistics, Measurement, MeasureRequest, OnProgress } from "./api.ts";

type Variant = MeasureRequest["variants"][number];

/** A variant on the device, with an input of its own size. */
interface Contestant {
  readonly name: string;
  readonly run: () => Promise<void>;
  readonly dispatches: () => number;
  readonly dispose: () => void;
}

/**
 * Runs the variants round by round. Weights are seeded and uploaded with the first forward, so that `firstMs` holds it.
 * @throws the signal's reason; EngineError; ArchitectureError where a variant does not fit the device.
 */
export async function measureVariants(
  backend: RunningBackend,
  request: MeasureRequest,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress | undefined },
): Promise<Measurement> {
  const { variants, batch, runs, kernels = "stock" } = request;
  if (kernels !== "stock")
    throw new EngineError("unavailable", `There are no ${kernels} kernels on ${backend.info.name}.`);
  if (variants.length === 0 || batch < 1 || runs < 1) {
    throw new EngineError(
      "badInput",
      "A measurement needs at least one variant, one image a batch and one run.",
    );
  }
  // The first forward compiles and uploads, so it never counts.
  const warmup = Math.max(1, request.warmup);
  const contestants: Contestant[] = [];
  try {
    for (const variant of variants) contestants.push(prepare(backend, variant, batch));
    const samples = await interleave(contestants, {
      warmup,
      runs,
      signal,
      ...(onProgress ? { onProgress } : {}),
    });
    const results = contestants.map(({ name, dispatches }): LatencyStatistics => {
      const { warmupMs = [], countedMs = [] } = samples.get(name) ?? {};
      return {
        name,
        ...summarise(countedMs, batch),
        firstMs: warmupMs[0] ?? Number.NaN,
        kernels,
        dispatches: dispatches(),
      };
    });
    const counted = new Map([...samples].map(([name, { countedMs }]) => [name, countedMs]));
    return { backend: backend.info, results, ratios: pairwiseRatios(counted) };
  } finally {
    for (const contestant of contestants) contestant.dispose();
  }
}

function prepare(backend: RunningBackend, { name, architecture }: Variant, batch: number): Contestant {
  const graph = lower(architecture);
  const issues = overLimits(graph, backend.limits, batch);
  if (issues.length > 0) throw new ArchitectureError(issues);
  const { network } = buildNetwork(graph, seededWeights(graph), new DeviceWeights());
  const { imageSize: size, inChannels: channels } = architecture;
  const pixels = toChannelsLast(seededInput(size, batch, channels), [batch, channels, size, size]);
  const input = tf.tensor4d(pixels, [batch, size, size, channels]);
  let dispatches: number | undefined;
  const forward = () => {
    if (dispatches !== undefined) return network.forward(input);
    const counted = countDispatches(() => network.forward(input));
    dispatches = counted.dispatches;
    return counted.result;
  };
  return {
    name,
    run: async () => {
      const { logits } = forward();
      await logits.data();
      logits.dispose();
      backend.check();
    },
    dispatches: () => dispatches ?? 0,
    dispose: () => {
      input.dispose();
      network.dispose();
    },
  };
}
