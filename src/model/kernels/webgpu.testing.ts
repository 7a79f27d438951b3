/** @file A WebGPU backend for the tests of the kernels; any error that the device reports fails the test. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Dispatch, uniformBytes, workgroupGrid } from "./kernel.ts";
import { pipelinesOf } from "./pipelines.ts";

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

/** The GPU buffer of a tensor; its values are uploaded if they are not there yet. */
function bufferOf(backend: WebGPUBackend, { dataId }: TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  const { resource } = backend.tensorMap.get(dataId);
  if (resource instanceof GPUBuffer) return resource;
  throw new Error("This tensor lies in a texture, not in a buffer.");
}

/**
 * Runs one dispatch, compiling its kernel first if it is new.
 *
 * @param inputs In the order of the kernel's `inputs`, laid out as it says; shapes are not looked at.
 * @throws KernelError if the device does not compile the kernel.
 */
async function runDispatch(
  backend: WebGPUBackend,
  dispatch: Dispatch,
  inputs: readonly TensorInfo[],
): Promise<TensorInfo> {
  const { kernel, outputShape, workgroups } = dispatch;
  const { device } = backend;
  const { pipeline, layout } = await pipelinesOf(device).get(kernel);
  const output = backend.makeTensorInfo([...outputShape], "float32");
  const data = uniformBytes(dispatch);
  const uniforms = device.createBuffer({
    size: data.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(uniforms, 0, data);
  const buffers = [output, ...inputs].map((tensor) => bufferOf(backend, tensor));
  const group = device.createBindGroup({
    label: kernel.name,
    layout,
    entries: [...buffers, uniforms].map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  flush(backend);
  const encoder = device.createCommandEncoder({ label: kernel.name });
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(...workgroupGrid(workgroups));
  pass.end();
  device.queue.submit([encoder.finish()]);
  uniforms.destroy();
  return output;
}

/** Submits what TensorFlow.js has recorded, so that commands encoded here come after it. */
function flush(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
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
