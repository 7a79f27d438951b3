/** @file Waits for the device, and times the operations of a network on it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { EngineError } from "./errors.ts";
import { FusedNetwork } from "./fused.ts";
import { GpuTimer } from "./gpuTimer.ts";
import { LayerwiseNetwork } from "./layerwise.ts";
import type { Recording, Span } from "./recording.ts";
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
  /** All of them in one go, by the same clock: what their sum can be held against. */
  readonly forwardMs: number;
  /** The GPU's own clock, or the browser's, which also sees how long the GPU is kept waiting. */
  readonly timer: "timestamp" | "clock";
  /** Step of that clock. */
  readonly resolutionMs: number;
  /** What took less than this could not be told, however often it was repeated. */
  readonly leastMs: number;
}

interface Watcher {
  readonly signal: AbortSignal;
  /** Told how much is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
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

/**
 * Rounds over all operations, so that what disturbs the machine for a while hits few of the times of each: at least three,
 * unless one takes very long.
 */
const rounds = { fewest: 3, most: 11, enoughMs: 600, longMs: 5000 };

class Rounds {
  readonly #samples = new Map<string, number[]>();
  readonly #forward: number[] = [];
  readonly #start = performance.now();
  readonly #operations: number;
  readonly #watcher: Watcher;
  #done = 0;

  constructor(operations: number, watcher: Watcher) {
    this.#operations = operations;
    this.#watcher = watcher;
  }

  get areEnough(): boolean {
    const elapsed = performance.now() - this.#start;
    if (this.#forward.length === 0) return false;
    if (this.#forward.length >= rounds.most || elapsed >= rounds.longMs) return true;
    return this.#forward.length >= rounds.fewest && elapsed >= rounds.enoughMs;
  }

  /** @throws the signal's reason */
  async operation(id: string, time: () => Promise<number>): Promise<void> {
    this.#watcher.signal.throwIfAborted();
    const times = this.#samples.get(id) ?? [];
    times.push(await time());
    this.#samples.set(id, times);
    this.#done += 1;
    const elapsed = (performance.now() - this.#start) / rounds.enoughMs;
    this.#watcher.onProgress(Math.min(1, this.#done / (this.#operations * rounds.fewest), elapsed));
  }

  /** Ends a round. */
  forward(ms: number): void {
    this.#forward.push(ms);
  }

  get times(): Pick<OperationTimes, "msById" | "forwardMs"> {
    const msById = new Map([...this.#samples].map(([id, times]) => [id, lowerQuartile(times)]));
    return { msById, forwardMs: lowerQuartile(this.#forward) };
  }
}

async function timeDispatches(network: FusedNetwork, watcher: Watcher): Promise<OperationTimes> {
  const recording = await network.recording(1);
  const timer = await commandTimer(network.device);
  const { operations } = network;
  const { kind, resolutionMs, leastMs } = timer;
  const taken = new Rounds(operations.length, watcher);
  try {
    while (!taken.areEnough) {
      for (const [first, { id }] of operations.entries()) {
        await taken.operation(id, () => timer.time(recording, { first, count: 1 }));
      }
      taken.forward(await timer.time(recording, { first: 0, count: recording.dispatches }));
    }
    return { ...taken.times, timer: kind, resolutionMs, leastMs };
  } finally {
    timer.dispose();
  }
}

/** Times stretches of a recording, each repeated until the clock can tell. */
interface CommandTimer extends Pick<OperationTimes, "resolutionMs" | "leastMs"> {
  readonly kind: OperationTimes["timer"];
  /** Milliseconds of the stretch, on what lies in its buffers. */
  time(recording: Recording, stretch: Omit<Span, "repeats">): Promise<number>;
  dispose(): void;
}

/** By timestamp query where the device has it. */
export async function commandTimer(device: GPUDevice): Promise<CommandTimer> {
  const gpu = await GpuTimer.make(device);
  if (!gpu) {
    return {
      kind: "clock",
      ...pageClock(),
      time: (recording, stretch) => timeRepeated((repeats) => recording.submitSpan({ ...stretch, repeats })),
      dispose: () => undefined,
    };
  }
  const { resolutionMs } = gpu;
  return {
    kind: "timestamp",
    resolutionMs,
    leastMs: leastTold(resolutionMs, mostGpuRepeats),
    time: (recording, stretch) =>
      timeUntil(
        { enoughMs: Math.max(worthGpuMs, worthSteps * resolutionMs), most: mostGpuRepeats },
        async (repeats) => {
          const [ms = 0] = await gpu.time(recording, { ...stretch, repeats });
          return ms;
        },
      ),
    dispose: () => gpu.dispose(),
  };
}

/** A quarter of the times lie below: what disturbs a time only adds to it. 0 where the clock saw none. */
function lowerQuartile(times: readonly number[]): number {
  const seen = times.filter((ms) => ms > 0).sort((a, b) => a - b);
  return seen[Math.floor(seen.length / 4)] ?? 0;
}

async function timeSteps(
  network: LayerwiseNetwork,
  pixels: Float32Array,
  watcher: Watcher,
): Promise<OperationTimes> {
  const taken = new Rounds(network.operations.length, watcher);
  const repeated = (run: () => tf.Tensor) =>
    timeRepeated((repeats) => {
      for (let i = 0; i < repeats; i++) run().dispose();
    });
  while (!taken.areEnough) {
    const input = network.inputOf(pixels, 1);
    const walk = network.network.walk(input);
    try {
      let next = walk.next();
      for (; !next.done; next = walk.next()) {
        const { id, run } = next.value;
        await taken.operation(id, () => repeated(run));
      }
      next.value.logits.dispose();
    } finally {
      // Where it was left early, what it holds is freed here.
      walk.return(undefined as never);
      input.dispose();
    }
    taken.forward(await repeated(() => network.forward(pixels, 1).logits));
  }
  return { ...taken.times, timer: "clock", ...pageClock() };
}

/** A step is repeated until this much time has been seen, so that a clock of 0.1 ms resolution can tell it. */
const worthTimingMs = 4;
const mostRepeats = 100;
/** So much that what a submission costs, in which all repeats lie, hardly counts. */
const worthGpuMs = 1;
const mostGpuRepeats = 1000;

async function timeRepeated(run: (repeats: number) => void): Promise<number> {
  await deviceIdle();
  return timeUntil({ enoughMs: worthTimingMs, most: mostRepeats }, async (repeats) => {
    const start = performance.now();
    run(repeats);
    await deviceIdle();
    return performance.now() - start;
  });
}

/** Milliseconds of one repeat, of as many as take `enoughMs` together, `most` at most. */
async function timeUntil(
  { enoughMs, most }: { readonly enoughMs: number; readonly most: number },
  timeOf: (repeats: number) => Promise<number>,
): Promise<number> {
  let repeats = 1;
  for (;;) {
    const ms = await timeOf(repeats);
    if (ms >= enoughMs || repeats >= most) return ms / repeats;
    repeats = Math.min(most, Math.ceil((1.5 * repeats * enoughMs) / Math.max(ms, enoughMs / most)));
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
  return Math.ceil(enough / Math.max(ms, enough / mostGpuRepeats));
}

function leastTold(resolutionMs: number, repeats: number): number {
  return (worthSteps * resolutionMs) / repeats;
}

function pageClock(): Pick<OperationTimes, "resolutionMs" | "leastMs"> {
  const resolutionMs = clockResolutionMs();
  return { resolutionMs, leastMs: leastTold(resolutionMs, mostRepeats) };
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
