/** @file A WebGPU backend for the tests of the kernels; any error that the device reports fails the test. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { elementCount } from "../graph/elementCount.ts";
import { fromFloat16 } from "../weights/float16.ts";
import { toHalves } from "./half.ts";
import { type Dispatch, type Storage, uniformBytes, workgroupGrid } from "./kernel.ts";
import { type Pipelines, pipelinesOf } from "./pipelines.ts";

export interface TestGpu {
  readonly backend: WebGPUBackend;
  /** Messages that the device has reported since the last test; the test fails unless it takes them out. */
  readonly errors: string[];
  /** Uploads, runs, downloads, and frees everything. Floats are rounded to the storage on their way. */
  run(
    dispatch: Dispatch,
    inputs: readonly (Float32Array | Int32Array)[],
    storage?: Storage,
  ): Promise<Float32Array>;
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
  const requiredFeatures = ["subgroups" as const].filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredFeatures });
  const errors: string[] = [];
  device.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
  const backend = new WebGPUBackend(device, adapter.info);
  const run: TestGpu["run"] = async (dispatch, inputs, storage = "f32") => {
    const tensors = inputs.map((data) => {
      // TensorFlow.js knows no halves: two of them are one integer to it.
      const stored = storage === "f16" && data instanceof Float32Array ? pairs(toHalves(data)) : data;
      return backend.makeTensorInfo(
        [stored.length],
        stored instanceof Int32Array ? "int32" : "float32",
        stored,
      );
    });
    const length = elementCount(dispatch.outputShape);
    const output =
      storage === "f16"
        ? backend.makeTensorInfo([length / 2], "int32")
        : backend.makeTensorInfo([...dispatch.outputShape], "float32");
    await runDispatch(backend, pipelinesOf(device, storage), dispatch, [output, ...tensors]);
    const values = (await backend.read(output.dataId)) as Float32Array | Int32Array;
    for (const { dataId } of [...tensors, output]) backend.disposeData(dataId);
    return values instanceof Int32Array ? fromFloat16(new Uint16Array(values.buffer)) : values;
  };
  return { backend, errors, run };
}

function pairs(halves: Uint16Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  return new Int32Array(halves.buffer);
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
 * @param tensors The output, then the inputs in the order of the kernel's `inputs`; shapes are not looked at.
 * @throws KernelError if the device does not compile the kernel.
 */
async function runDispatch(
  backend: WebGPUBackend,
  pipelines: Pipelines,
  dispatch: Dispatch,
  tensors: readonly TensorInfo[],
): Promise<void> {
  const { kernel, workgroups } = dispatch;
  const { device } = backend;
  const { pipeline, layout } = await pipelines.get(kernel);
  const data = uniformBytes(dispatch);
  const uniforms = device.createBuffer({
    size: data.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(uniforms, 0, data);
  const buffers = tensors.map((tensor) => bufferOf(backend, tensor));
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
