/** @file Runs a dispatch on TensorFlow.js's buffers: tensors in, a tensor out. */

import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type Dispatch, uniformBytes, workgroupGrid } from "./kernel.ts";
import { Pipelines } from "./pipelines.ts";

const pipelines = new WeakMap<GPUDevice, Pipelines>();

/** The compiled kernels of a device. */
export function pipelinesOf(device: GPUDevice): Pipelines {
  const kept = pipelines.get(device) ?? new Pipelines(device);
  pipelines.set(device, kept);
  return kept;
}

/** The GPU buffer of a tensor; its values are uploaded if they are not there yet. */
export function bufferOf(backend: WebGPUBackend, { dataId }: TensorInfo): GPUBuffer {
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
export async function runDispatch(
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
export function flush(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
