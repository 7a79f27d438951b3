/** @file Times variants against each other on the running backend. */
import { overLimits } from "../analysis/limits.ts";
import { ArchitectureError } from "../architecture/schema.ts";
import { interleave, type Runner } from "../benchmark/rounds.ts";
import { pairwiseRatios, summarise } from "../benchmark/statistics.ts";
import { lower } from "../graph/lower.ts";
import type { RunningBackend } from "../runtime/backends.ts";
import { defaultKernels, type NetworkDevice, networkDevice, prepareNetwork } from "../runtime/build.ts";
import { EngineError } from "../runtime/errors.ts";
import { toChannelsLast } from "../runtime/layout.ts";
import type { KernelChoice, RunnableNetwork } from "../runtime/runnable.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import { seededInput } from "../weights/seeded.ts";
import type { LatencyStatistics, Measurement, MeasureRequest, OnProgress } from "./api.ts";

type Variant = MeasureRequest["variants"][number];

/** A variant on a device of its own, with an input of its own size. */
interface Contestant extends Runner {
  readonly variant: string;
  readonly kernels: KernelChoice;
  readonly dispatches: () => number;
  readonly dispose: () => void;
}

/**
 * Runs the variants round by round. Weights are seeded. The first forward builds the network, so that `firstMs` holds it.
 * @throws the signal's reason; EngineError; ArchitectureError where a variant does not fit the device.
 */
export async function measureVariants(
  backend: RunningBackend & { readonly device: NetworkDevice },
  request: MeasureRequest,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress | undefined },
): Promise<Measurement> {
  const { variants, batch, runs, kernels = [defaultKernels(backend.device)] } = request;
  if (variants.length === 0 || kernels.length === 0 || batch < 1 || runs < 1) {
    throw new EngineError(
      "badInput",
      "A measurement needs at least one variant, one kind of kernels, one image a batch and one run.",
    );
  }
  // The first forward compiles and uploads, so it never counts.
  const warmup = Math.max(1, request.warmup);
  const contestants = variants.flatMap((variant) => contestantsOf(backend, variant, batch, kernels));
  try {
    const progress = onProgress ? { onProgress } : {};
    const samples = await interleave(contestants, { warmup, runs, signal, ...progress });
    const results = contestants.map((contestant): LatencyStatistics => {
      const { warmupMs = [], countedMs = [] } = samples.get(contestant.name) ?? {};
      return {
        name: contestant.variant,
        ...summarise(countedMs, batch),
        firstMs: warmupMs[0] ?? Number.NaN,
        kernels: contestant.kernels,
        dispatches: contestant.dispatches(),
      };
    });
    const counted = new Map([...samples].map(([name, { countedMs }]) => [name, countedMs]));
    return { backend: backend.info, results, ratios: pairwiseRatios(counted) };
  } finally {
    for (const contestant of contestants) contestant.dispose();
  }
}

function contestantsOf(
  { limits, check, device: present }: RunningBackend & { readonly device: NetworkDevice },
  { name, architecture }: Variant,
  batch: number,
  choices: readonly KernelChoice[],
): readonly Contestant[] {
  const graph = lower(architecture);
  const issues = overLimits(graph, limits, batch);
  if (issues.length > 0) throw new ArchitectureError(issues);
  const weights = seededWeights(graph);
  const { imageSize: size, inChannels: channels } = architecture;
  const pixels = toChannelsLast(seededInput(size, batch, channels), [batch, channels, size, size]);
  return choices.map((kernels) => {
    // Of its own, so that its weights and its memory are not shared; with the tiles that predictions run with.
    const device = networkDevice(present.fused?.tiles);
    let network: RunnableNetwork | undefined;
    return {
      name: choices.length > 1 ? `${name} (${kernels})` : name,
      variant: name,
      kernels,
      run: async () => {
        network ??= (await prepareNetwork(graph, device, kernels)).build(weights).network;
        await network.run(pixels, batch);
        check();
      },
      dispatches: () => network?.dispatches ?? 0,
      dispose: () => {
        network?.dispose();
        device.fused?.arena.dispose();
      },
    };
  });
}
