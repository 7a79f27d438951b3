/** @file What is measured, and what a measurement says. */
import type { AnyNetwork } from "../graph/network.ts";
import type { BackendInfo } from "../runtime/backends.ts";
import type { KernelChoice } from "../runtime/runnable.ts";
import type { Disturbance } from "./rounds.ts";
import type { Comparison, LatencySummary } from "./statistics.ts";

export interface MeasureSettings {
  /** Images a forward. */
  readonly batch: number;
  /** Counted rounds. */
  readonly runs: number;
  /** Uncounted rounds before them; at least one is run, which compiles what is compiled at the first forward. */
  readonly warmup: number;
}

export interface MeasureRequest extends MeasureSettings {
  /** Run in turn, round by round. Weights are seeded: speed does not depend on them. */
  readonly variants: readonly { readonly name: string; readonly architecture: AnyNetwork }[];
  /** Every variant is run with each of these; where absent, with the fastest that the backend has for it. */
  readonly kernels?: readonly KernelChoice[];
  /** Leaves out {@link LatencyStatistics.gpu}, which takes as long again. */
  readonly isWallTimeOnly?: boolean;
}

/** Milliseconds until a network answers for the first time. Programs that an earlier network compiled are there already. */
export interface ColdStart {
  /** Lowering, compiling and uploading. TensorFlow.js compiles its own programs, and uploads, at the first forward only. */
  readonly buildMs: number;
  /** The very first forward, after building. */
  readonly firstMs: number;
  /** This project's programs that building had to compile. */
  readonly compiled: number;
}

/** Time on the GPU alone, from the start of the first program to the end of the last: by timestamp query. */
export interface GpuTimes {
  /** Milliseconds of one forward of the batch. */
  readonly medianMs: number;
  /** Every timed forward, in order; each is the mean of `repeats` forwards that follow each other without a gap. */
  readonly samplesMs: readonly number[];
  /** Step of the GPU's clock as the browser shows it, in milliseconds. */
  readonly resolutionMs: number;
  readonly repeats: number;
  /** Whether `repeats` forwards take at least ten steps of the clock; the times say little otherwise. */
  readonly isResolved: boolean;
}

/** One variant's times with one kind of kernels: of one forward of the batch, from pixels to logits on the CPU. */
export interface LatencyStatistics extends LatencySummary {
  /** The variant's. */
  readonly name: string;
  readonly kernels: KernelChoice;
  /** GPU dispatches (webgpu) or kernel calls (other backends) of a forward. */
  readonly dispatches: number;
  readonly coldStart: ColdStart;
  /** Of fused kernels on webgpu, where the adapter has timestamp queries. */
  readonly gpu?: GpuTimes;
}

/** What a measurement depends on besides the backend. */
export interface Environment {
  /** The browser's user agent string. */
  readonly browser: string;
  /** Version of TensorFlow.js. */
  readonly tfjs: string;
  /** Without it WebAssembly has one thread, and clocks are coarser. */
  readonly crossOriginIsolated: boolean;
  /** The GPU's driver, where the browser tells it. */
  readonly driver?: string;
}

export interface Measurement {
  readonly backend: BackendInfo;
  readonly environment: Environment;
  /** As they were asked for; `results` tell how many rounds there were in the end. */
  readonly settings: MeasureSettings;
  readonly results: readonly LatencyStatistics[];
  /** Of every pair of names; with several kinds of kernels, of `name (kernels)`. */
  readonly ratios: readonly Comparison[];
  /** Rounds that were thrown out and run again; `rounds.ts` states the rules. */
  readonly discarded: Readonly<Record<Disturbance, number>>;
}
