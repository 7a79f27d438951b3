/** @file Waits for the device, and times the operations of a network on it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { EngineError } from "./errors.ts";
import { FusedNetwork } from "./fused.ts";
import { GpuTimer } from "./gpuTimer.ts";
import { LayerwiseNetwork } from "./layerwise.ts";
import type { Recording } from "./recording.ts";
import type { RunnableNetwork } from "./runnable.ts";

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

export interface OperationTimes {
  /** By id of the operation, in the order in which they run. */
  readonly msById: ReadonlyMap<string, number>;
  /** The GPU's own clock, or the browser's, which also sees how long the GPU is kept waiting. */
  readonly timer: "timestamp" | "clock";
  /** Step of that clock. */
  readonly resolutionMs: number;
}

interface Watcher {
  readonly signal: AbortSignal;
  /** Told how many operations are done. */
  readonly onOperation: (done: number) => void;
}

/**
 * Times each operation of a forward of one image on its own, on the inputs that it gets in a forward, and repeats it until
 * the clock can tell. The device is waited for between operations, so the sum is not the latency.
 * @param pixels `[1, H, W, C]`.
 * @throws the signal's reason when it is aborted between two operations.
 */
export async function timeOperations(
  network: RunnableNetwork,
  pixels: Float32Array,
  watcher: Watcher,
): Promise<OperationTimes> {
  // Compiles what no forward has needed yet, and leaves values in every buffer.
  await network.run(pixels, 1);
  if (network instanceof FusedNetwork) return timeDispatches(network, watcher);
  if (network instanceof LayerwiseNetwork) return timeSteps(network, pixels, watcher);
  throw new EngineError("failed", "There is no way to time the operations of this network.");
}

async function timeDispatches(
  network: FusedNetwork,
  { signal, onOperation }: Watcher,
): Promise<OperationTimes> {
  const recording = await network.recording(1);
  const timer = await commandTimer(network.device);
  try {
    const msById = new Map<string, number>();
    for (const [index, { id }] of network.operations.entries()) {
      signal.throwIfAborted();
      msById.set(id, await timer.time(recording, index));
      onOperation(msById.size);
    }
    return { msById, timer: timer.kind, resolutionMs: timer.resolutionMs };
  } finally {
    timer.dispose();
  }
}

/** Times single commands of a recording, each repeated until the clock can tell. */
interface CommandTimer extends Pick<OperationTimes, "resolutionMs"> {
  readonly kind: OperationTimes["timer"];
  /** Milliseconds of the command at that place, on what lies in its buffers. */
  time(recording: Recording, index: number): Promise<number>;
  dispose(): void;
}

/** Times of the same command, of which the middle one counts. */
const trials = 3;

/** By timestamp query where the device has it. */
export async function commandTimer(device: GPUDevice): Promise<CommandTimer> {
  const span = (first: number, repeats: number) => ({ first, count: 1, repeats });
  const gpu = await GpuTimer.make(device);
  if (!gpu) {
    return {
      kind: "clock",
      resolutionMs: clockResolutionMs(),
      time: (recording, index) => timeRepeated((repeats) => recording.submitSpan(span(index, repeats))),
      dispose: () => undefined,
    };
  }
  const { resolutionMs } = gpu;
  return {
    kind: "timestamp",
    resolutionMs,
    time: async (recording, index) => {
      const time = async (repeats: number) => middle(await gpu.time(recording, span(index, repeats), trials));
      const ms = await time(1);
      const repeats = repeatsFor(ms, resolutionMs);
      return repeats === 1 ? ms : (await time(repeats)) / repeats;
    },
    dispose: () => gpu.dispose(),
  };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function timeSteps(
  network: LayerwiseNetwork,
  pixels: Float32Array,
  { signal, onOperation }: Watcher,
): Promise<OperationTimes> {
  const input = network.inputOf(pixels, 1);
  const walk = network.network.walk(input);
  const msById = new Map<string, number>();
  try {
    let next = walk.next();
    for (; !next.done; next = walk.next()) {
      signal.throwIfAborted();
      const { id, run } = next.value;
      const runAll = (repeats: number) => {
        for (let i = 0; i < repeats; i++) run().dispose();
      };
      msById.set(id, await timeRepeated(runAll));
      onOperation(msById.size);
    }
    next.value.logits.dispose();
    return { msById, timer: "clock", resolutionMs: clockResolutionMs() };
  } finally {
    // Where it was left early, what it holds is freed here.
    walk.return(undefined as never);
    input.dispose();
  }
}

/** A step is repeated until this much time has been seen, so that a clock of 0.1 ms resolution can tell it. */
const worthTimingMs = 4;
const mostRepeats = 100;

async function timeRepeated(run: (repeats: number) => void): Promise<number> {
  await deviceIdle();
  let repeats = 1;
  for (;;) {
    const start = performance.now();
    run(repeats);
    await deviceIdle();
    const elapsed = performance.now() - start;
    if (elapsed >= worthTimingMs || repeats >= mostRepeats) return elapsed / repeats;
    repeats = Math.min(mostRepeats, Math.ceil((repeats * 1.5 * worthTimingMs) / Math.max(elapsed, 0.1)));
  }
}

/** A clock tells a time well that takes so many of its steps. */
const worthSteps = 10;

/** Whether a clock of this step can tell so much time. */
export function isResolved(ms: number, resolutionMs: number): boolean {
  return ms >= worthSteps * resolutionMs;
}

/** How often something that took `ms` must be repeated for a clock of this step to tell its time. */
export function repeatsFor(ms: number, resolutionMs: number): number {
  if (isResolved(ms, resolutionMs)) return 1;
  const enough = worthSteps * resolutionMs;
  return Math.ceil(enough / Math.max(ms, enough / mostRepeats));
}

/** Smallest step that the browser's clock shows. */
function clockResolutionMs(): number {
  const steps = Array.from({ length: 8 }, () => {
    const start = performance.now();
    for (;;) {
      const now = performance.now();
      if (now > start) return now - start;
    }
  });
  return Math.min(...steps);
}
