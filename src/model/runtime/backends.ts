/**
 * @file Chooses and starts a TensorFlow.js backend, and watches its device.
 *
 * The device is ours, not the one that TensorFlow.js would ask for: it has every feature and limit that the programs can
 * use, and its errors are heard. A WGSL error does not throw in WebGPU; unheard, it leaves stale memory as the result.
 */
import "@tensorflow/tfjs-backend-cpu";
import { type BackendWasm, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plainWasm from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdWasm from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import type { DeviceLimits } from "../analysis/limits.ts";
import { heapOf, openHeap } from "../kernels/simd/heap.ts";
import { withSharedMemory } from "../kernels/simd/sharedMemory.ts";
import { EngineError, type EngineErrorCode } from "./errors.ts";
import { memoryBudget } from "./memoryBudget.ts";
import { refuseNullPointers } from "./nullPointers.ts";

export type BackendName = "webgpu" | "wasm" | "cpu";

/** `auto` takes WebGPU on a real adapter, else wasm. */
export type BackendChoice = BackendName | "auto";

/** What runs the network, in words that can be shown. */
export interface BackendInfo {
  readonly name: BackendName;
  /** The adapter as the browser describes it; for wasm and cpu, the processor's part. */
  readonly adapter: string;
  /** True on WebGPU without a real GPU behind it. */
  readonly isSoftware: boolean;
  /** One sentence: why this backend. */
  readonly reason: string;
}

export interface RunningBackend {
  readonly info: BackendInfo;
  readonly limits: DeviceLimits;
  /** Throws what the device has reported since the last call: a lost device, no memory, a broken program. */
  check(): void;
  /** After a call has thrown: the device's own reason, which can come a moment later, or undefined. */
  reason(): Promise<EngineError | undefined>;
  /** Frees everything on it. */
  close(): void;
}

/** Hears of failures at the moment they happen, also between calls. */
export type OnFailure = (error: EngineError) => void;

/**
 * TensorFlow.js silently gave zeros for a tensor of over 1 GB, whatever the device allows, so no tensor may be larger.
 */
const largestTensorBytes = 2 ** 30;

/**
 * TensorFlow.js builds WebAssembly's memory for at most 4 GiB, which is all that 32 bits address. A quarter is left to what
 * lies between tensors of many sizes, and to the working memory of its operations.
 */
const wasmMemoryBytes = 3 * 2 ** 30;

/**
 * Starts the backend, replacing one that ran before: the caller has disposed of everything on it.
 * @throws EngineError `unavailable` if the backend was asked for by name and does not exist here.
 */
export async function startBackend(choice: BackendChoice, onFailure: OnFailure): Promise<RunningBackend> {
  switch (choice) {
    case "cpu":
      return startCpu("Chosen by you. Plain JavaScript: slow, and the reference for the others.");
    case "wasm":
      return startWasm("Chosen by you.");
    case "webgpu": {
      const adapter = await requestAdapter();
      if (!adapter) throw new EngineError("unavailable", `${noAdapter} Choose wasm, or another browser.`);
      return startWebgpu(adapter, "Chosen by you.", onFailure);
    }
    case "auto":
      return startAutomatic(onFailure);
    default:
      return choice satisfies never;
  }
}

const noAdapter = "This browser offers no WebGPU adapter.";

async function startAutomatic(onFailure: OnFailure): Promise<RunningBackend> {
  const adapter = await requestAdapter();
  if (!adapter) return startWasm(`${noAdapter} WebAssembly runs the network on the processor.`);
  if (adapter.info.isFallbackAdapter) {
    return startWasm(
      `WebGPU has only a software adapter here (${adapterName(adapter.info)}), which is slower than WebAssembly on the processor.`,
    );
  }
  return startWebgpu(adapter, "The browser offers WebGPU on a real adapter.", onFailure);
}

async function requestAdapter(): Promise<GPUAdapter | null> {
  if (!("gpu" in navigator)) return null;
  return navigator.gpu.requestAdapter({ powerPreference: "high-performance" }).catch(() => null);
}

async function startWebgpu(
  adapter: GPUAdapter,
  reason: string,
  onFailure: OnFailure,
): Promise<RunningBackend> {
  const device = await requestDevice(adapter);
  const { unwatch, ...watched } = watch(device, onFailure);
  // Importing the package registers a factory of its own, and a second registration is ignored.
  if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  await activate("webgpu");
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  return {
    info: {
      name: "webgpu",
      adapter: adapterName(adapter.info),
      isSoftware: adapter.info.isFallbackAdapter ?? false,
      reason,
    },
    limits: {
      tensorBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize, largestTensorBytes),
      totalBytes: budgetHere(),
    },
    ...watched,
    close: () => {
      unwatch();
      tf.removeBackend("webgpu");
      device.destroy();
    },
  };
}

async function startWasm(reason: string): Promise<RunningBackend> {
  // TensorFlow.js 4.22's threaded build starts eight workers and never gives them anything to do (it says itself that it
  // has one thread, whatever it is asked for); bundled, it does not start at all. Its build for one thread does as well for
  // this project's programs, which have threads of their own, if only its memory can be shared.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  const threads = threadsHere();
  const simd = threads > 1 ? await sharedBuild(simdWasm) : undefined;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": plainWasm,
    "tfjs-backend-wasm-simd.wasm": simd ?? simdWasm,
    "tfjs-backend-wasm-threaded-simd.wasm": simdWasm,
  });
  await activate("wasm");
  if (simd) URL.revokeObjectURL(simd);
  refuseNullPointers(tf.backend() as BackendWasm);
  await openHeap(tf.backend(), threads);
  const count = heapOf(tf.backend())?.threads ?? 1;
  return {
    info: {
      name: "wasm",
      adapter: `CPU, ${count} ${count === 1 ? "thread" : "threads"}`,
      isSoftware: false,
      reason,
    },
    limits: { tensorBytes: largestTensorBytes, totalBytes: budgetHere(), heapBytes: wasmMemoryBytes },
    ...unwatched,
  };
}

/** More threads share caches and memory, and gain little. */
const mostThreads = 8;

/** Threads that WebAssembly may have: only pages that are isolated from other sites may share memory among them. */
function threadsHere(): number {
  return crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, mostThreads) : 1;
}

/** The most that TensorFlow.js's build says it may have. */
const wasmPages = 65_536;

/** Address of the module at `url` with a memory that threads can share; undefined where it can't be had. */
async function sharedBuild(url: string): Promise<string | undefined> {
  try {
    // Where there is no room for it, there is an error now, and not when it is too late for the other build.
    new WebAssembly.Memory({ initial: 1, maximum: wasmPages, shared: true });
    const response = await fetch(url);
    const bytes = withSharedMemory(new Uint8Array(await response.arrayBuffer()));
    if (!WebAssembly.validate(bytes)) return undefined;
    return URL.createObjectURL(new Blob([bytes], { type: "application/wasm" }));
  } catch {
    // What is wrong with the module, the backend says better when it loads it.
    return undefined;
  }
}

async function startCpu(reason: string): Promise<RunningBackend> {
  await activate("cpu");
  const info: BackendInfo = { name: "cpu", adapter: "CPU, 1 thread, JavaScript", isSoftware: false, reason };
  return { info, limits: { tensorBytes: largestTensorBytes, totalBytes: budgetHere() }, ...unwatched };
}

function budgetHere(): number {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return memoryBudget(deviceMemory);
}

/** wasm and cpu throw where they fail, and keep nothing but tensors, which their owners dispose of. */
const unwatched = { check: () => {}, reason: async () => undefined, close: () => {} };

/** Milliseconds in which a lost device says so. */
const lossDelayMs = 500;

async function activate(name: BackendName): Promise<void> {
  if (!(await tf.setBackend(name))) {
    throw new EngineError("unavailable", `The ${name} backend could not be started. Choose another one.`);
  }
  await tf.ready();
}

/** Features that are used where the adapter has them; the programs that are the rule need none. */
const wantedFeatures: readonly GPUFeatureName[] = ["timestamp-query", "subgroups"];

const wantedLimits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const;

function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    requiredFeatures: wantedFeatures.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(wantedLimits.map((limit) => [limit, adapter.limits[limit]])),
  });
}

/** Collects the device's errors; `check` throws the first one since it was last called. */
function watch(
  device: GPUDevice,
  onFailure: OnFailure,
): Pick<RunningBackend, "check" | "reason"> & { readonly unwatch: () => void } {
  let pending: EngineError | undefined;
  let watching = true;
  const fail = (code: EngineErrorCode, message: string) => {
    if (!watching) return;
    const error = new EngineError(code, message);
    pending ??= error;
    onFailure(error);
  };
  device.addEventListener("uncapturederror", ({ error }) => {
    if (error instanceof GPUOutOfMemoryError)
      fail("outOfMemory", `The GPU has no room left: ${error.message}`);
    else fail("failed", `The GPU refused a program: ${error.message}`);
  });
  void device.lost.then(({ message }) => fail("deviceLost", `The GPU device was lost. ${message}`.trim()));
  const take = () => {
    const error = pending;
    pending = undefined;
    return error;
  };
  return {
    check: () => {
      const error = take();
      if (error) throw error;
    },
    reason: async () => {
      if (!pending)
        await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, lossDelayMs))]);
      return take();
    },
    unwatch: () => {
      watching = false;
    },
  };
}

function adapterName(info: GPUAdapterInfo): string {
  if (info.description) return info.description;
  return [info.vendor, info.architecture, info.device].filter(Boolean).join(" ") || "unnamed adapter";
}
