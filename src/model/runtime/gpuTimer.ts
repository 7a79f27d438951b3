/** @file Time on the GPU alone, by timestamp queries. */
import { clockStep } from "./clockStep.ts";
import type { Recording, Span } from "./recording.ts";

/** Pairs of moments that it can hold. */
const mostTimes = 64;

/** What browsers round to where nothing finer is seen, in milliseconds. */
const coarsestMs = 0.1;

/** Empty passes by which the step of the clock is found. */
const probes = 24;

export class GpuTimer {
  readonly #device: GPUDevice;
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #read: GPUBuffer;
  #resolutionMs = 0;

  private constructor(device: GPUDevice) {
    this.#device = device;
    const count = 2 * mostTimes;
    this.#queries = device.createQuerySet({ label: "timestamps", type: "timestamp", count });
    const size = BigUint64Array.BYTES_PER_ELEMENT * count;
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.#resolved = device.createBuffer({ label: "timestamps", size, usage });
    const readUsage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    this.#read = device.createBuffer({ label: "timestamps to read", size, usage: readUsage });
  }

  /** Undefined where the adapter has no timestamp queries. */
  static async make(device: GPUDevice): Promise<GpuTimer | undefined> {
    if (!device.features.has("timestamp-query")) return undefined;
    const timer = new GpuTimer(device);
    try {
      timer.#resolutionMs = await timer.#probe();
      return timer;
    } catch (error) {
      timer.dispose();
      throw error;
    }
  }

  /** Step of the clock as the browser shows it: Chrome rounds to about 0.1 ms unless told otherwise. */
  get resolutionMs(): number {
    return this.#resolutionMs;
  }

  /** Milliseconds of the stretch, of all its repeats together, timed so many times (64 at most). */
  async time(recording: Recording, span: Span, times = 1): Promise<readonly number[]> {
    for (let at = 0; at < times; at++) recording.submitSpan(span, { querySet: this.#queries, at: 2 * at });
    const stamps = await this.#stamps(2 * times);
    return Array.from({ length: times }, (_, at) => {
      const [begin = 0n, end = 0n] = stamps.subarray(2 * at, 2 * at + 2);
      // The clock of a GPU may jump back, says the specification.
      return end > begin ? milliseconds(end - begin) : 0;
    });
  }

  dispose(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
    this.#read.destroy();
  }

  /** Milliseconds of the clock's step, by passes that do nothing. */
  async #probe(): Promise<number> {
    for (let probe = 0; probe < probes; probe++) {
      const encoder = this.#device.createCommandEncoder();
      const at = { beginningOfPassWriteIndex: 2 * probe, endOfPassWriteIndex: 2 * probe + 1 };
      encoder.beginComputePass({ timestampWrites: { querySet: this.#queries, ...at } }).end();
      this.#device.queue.submit([encoder.finish()]);
      await this.#device.queue.onSubmittedWorkDone();
    }
    return milliseconds(clockStep([...(await this.#stamps(2 * probes))])) || coarsestMs;
  }

  async #stamps(count: number): Promise<BigUint64Array> {
    const bytes = BigUint64Array.BYTES_PER_ELEMENT * count;
    const encoder = this.#device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, count, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#read, 0, bytes);
    this.#device.queue.submit([encoder.finish()]);
    await this.#read.mapAsync(GPUMapMode.READ, 0, bytes);
    const stamps = new BigUint64Array(this.#read.getMappedRange(0, bytes).slice(0));
    this.#read.unmap();
    return stamps;
  }
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e6;
}
