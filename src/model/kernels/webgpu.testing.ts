/** @file A WebGPU backend for the tests of the kernels; any error that the device reports fails the test. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Dispatch } from "./kernel.ts";
import { runDispatch } from "./run.ts";

export interface TestGpu {
  readonly backend: WebGPUBackend;
  /** Messages that the device has reported since the last test; the test fails unless it takes them out. */
  readonly errors: string[];
  /** Uploads, runs, downloads, and frees everything. */
  run(dispatch: Dispatch, inputs: readonly (Float32Array | Int32Array)[]): Promise<Float32Array>;
}

/** Call in a `describe`; the function that it returns gives the backend within its tests. */
export function useTestGpu(): () => TestGpu {
  let gpu: TestGpu | undefined;
  const get = () => {
    if (!gpu) throw new Error("The backend exists only while tests run.");
    return gpu;
  };
  beforeAll(async () => {
    gpu = await open();
  });
  afterEach(async () => {
    await get().backend.queue.onSubmittedWorkDone();
    expect(get().errors.splice(0)).toEqual([]);
  });
  afterAll(() => {
    get().backend.dispose();
    get().backend.device.destroy();
  });
  return get;
}

async function open(): Promise<TestGpu> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("The test browser has no WebGPU adapter.");
  const device = await adapter.requestDevice();
  const errors: string[] = [];
  device.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
  const backend = new WebGPUBackend(device, adapter.info);
  const run: TestGpu["run"] = async (dispatch, inputs) => {
    const tensors = inputs.map((data) =>
      backend.makeTensorInfo([data.length], data instanceof Int32Array ? "int32" : "float32", data),
    );
    const output = await runDispatch(backend, dispatch, tensors);
    const values = (await backend.read(output.dataId)) as Float32Array;
    for (const { dataId } of [...tensors, output]) backend.disposeData(dataId);
    return values;
  };
  return { backend, errors, run };
}

/** Repeatable values between -1 and 1. */
export function noise(length: number, seed = 1): Float32Array {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Largest absolute difference of two arrays of one length. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (Number.isNaN(difference)) return Number.NaN;
    largest = Math.max(largest, difference);
  }
  return largest;
}
