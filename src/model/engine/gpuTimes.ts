/** @file Time of whole forwards on the GPU alone, beside the times that a person waits. */
import type { GpuTimes } from "../benchmark/measurement.ts";
import { median } from "../benchmark/statistics.ts";
import { GpuTimer } from "../runtime/gpuTimer.ts";
import type { Recording } from "../runtime/recording.ts";
import { isResolved, repeatsFor } from "../runtime/timing.ts";
import type { OnProgress } from "./api.ts";
import type { Contestant } from "./contestant.ts";
import { letMessagesIn } from "./serial.ts";

/** Rounds are no more than this: the GPU's clock is steady. */
const mostRounds = 20;

interface Watching {
  readonly runs: number;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
}

/**
 * Times of every contestant that has a recording, by name, taken round by round too; none where the device has no timestamp
 * queries. Each has run before.
 * @throws the signal's reason.
 */
export async function timeOnGpu(
  contestants: readonly Contestant[],
  device: GPUDevice,
  { runs, signal, onProgress }: Watching,
): Promise<ReadonlyMap<string, GpuTimes>> {
  const timer = await GpuTimer.make(device);
  if (!timer) return new Map();
  try {
    const { resolutionMs } = timer;
    const timed: { readonly name: string; readonly repeats: number; readonly time: () => Promise<number> }[] =
      [];
    for (const { name, recording } of contestants) {
      signal.throwIfAborted();
      const prepared = await recording();
      if (!prepared) continue;
      const repeats = repeatsFor(await timeForward(timer, prepared, 1), resolutionMs);
      timed.push({ name, repeats, time: () => timeForward(timer, prepared, repeats) });
    }
    const samples = new Map(timed.map(({ name }) => [name, [] as number[]]));
    const rounds = Math.min(runs, mostRounds);
    for (let round = 0; round < rounds; round++) {
      onProgress?.(round / rounds, `GPU time, round ${round + 1} of ${rounds}`);
      await letMessagesIn();
      for (const { name, time } of timed) {
        signal.throwIfAborted();
        samples.get(name)?.push(await time());
      }
    }
    return new Map(
      timed.map(({ name, repeats }) => {
        const samplesMs = samples.get(name) ?? [];
        const medianMs = median(samplesMs);
        const isTold = isResolved(repeats * medianMs, resolutionMs);
        return [name, { medianMs, samplesMs, resolutionMs, repeats, isResolved: isTold }];
      }),
    );
  } finally {
    timer.dispose();
  }
}

/** Milliseconds of one of `repeats` forwards. */
async function timeForward(timer: GpuTimer, recording: Recording, repeats: number): Promise<number> {
  const [ms = 0] = await timer.time(recording, { first: 0, count: recording.dispatches, repeats });
  return ms / repeats;
}
