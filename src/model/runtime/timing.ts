/** @file Waits for the device, and times the steps of a network on it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import type { Network } from "./network.ts";

/** Ends when everything that was asked of the device is done. On wasm and cpu, operations are done when they return. */
export async function deviceIdle(): Promise<void> {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return;
  // It may have submitted everything by itself, and then there is nothing that it could end.
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  await backend.queue.onSubmittedWorkDone();
}

/** A step is repeated until this much time has been seen, so that a clock of 0.1 ms resolution can tell it. */
const worthTimingMs = 4;
const mostRepeats = 50;

/**
 * Milliseconds of each step, each run on its own on the inputs that it gets in a forward: waiting for the device between
 * repeats, not between steps of one forward, so the sum is not the latency. Compile with a forward first.
 * @throws the signal's reason when it is aborted between two steps.
 */
export async function timeSteps(
  network: Network,
  input: tf.Tensor,
  { signal, onStep }: { readonly signal: AbortSignal; readonly onStep: (done: number) => void },
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  const walk = network.walk(input);
  for (let next = walk.next(); !next.done; next = walk.next()) {
    if (signal.aborted) {
      walk.return(undefined as never);
      throw signal.reason;
    }
    const { id, run } = next.value;
    times.set(id, await timeRepeated(run));
    onStep(times.size);
  }
  return times;
}

async function timeRepeated(run: () => tf.Tensor): Promise<number> {
  await deviceIdle();
  let repeats = 1;
  for (;;) {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) run().dispose();
    await deviceIdle();
    const elapsed = performance.now() - start;
    if (elapsed >= worthTimingMs || repeats >= mostRepeats) return elapsed / repeats;
    repeats = Math.min(mostRepeats, Math.ceil((repeats * 1.5 * worthTimingMs) / Math.max(elapsed, 0.1)));
  }
}
