/**
 * @file Compiled kernels, kept for as long as their device lives.
 *
 * A WGSL error does not throw by itself in WebGPU, and running a broken pipeline leaves stale memory in the output; here
 * it rejects with the compiler's message.
 */
import { type Kernel, type Storage, shaderOf } from "./kernel.ts";

/** A shader that the device would not compile. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class Pipelines {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, Promise<Pipeline>>();
  /** Of what their kernels read and write. */
  readonly storage: Storage;

  constructor(device: GPUDevice, storage: Storage) {
    this.#device = device;
    this.storage = storage;
  }

  /** Kernels that were compiled or are being compiled. */
  get size(): number {
    return this.#pipelines.size;
  }

  /**
   * The kernel's pipeline, compiled off the thread at the first call and kept.
   *
   * @throws KernelError with the compiler's message.
   */
  get(kernel: Kernel): Promise<Pipeline> {
    const shader = shaderOf(kernel, this.storage);
    const kept = this.#pipelines.get(shader);
    if (kept) return kept;
    const pipeline = compile(this.#device, kernel, shader);
    this.#pipelines.set(shader, pipeline);
    return pipeline;
  }
}

async function compile(device: GPUDevice, kernel: Kernel, code: string): Promise<Pipeline> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: kernel.name, code });
  const layout = bindGroupLayout(device, kernel);
  const compiled = device.createComputePipelineAsync({
    label: kernel.name,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: "main" },
  });
  const [pipeline, invalid] = await Promise.allSettled([compiled, device.popErrorScope()]);
  if (pipeline.status === "fulfilled") return { pipeline: pipeline.value, layout };
  const { messages } = await module.getCompilationInfo();
  const reasons = messages.map(({ lineNum, message }) => `line ${lineNum}: ${message}`);
  if (invalid.status === "fulfilled" && invalid.value) reasons.push(invalid.value.message);
  throw new KernelError(
    `Kernel ${kernel.name} does not compile on this device: ${reasons.join("; ") || String(pipeline.reason)}`,
  );
}

function bindGroupLayout(device: GPUDevice, { inputs }: Kernel): GPUBindGroupLayout {
  const types: GPUBufferBindingType[] = [
    "storage",
    ...inputs.map((): GPUBufferBindingType => "read-only-storage"),
    "uniform",
  ];
  return device.createBindGroupLayout({
    entries: types.map((type, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
}

const pipelines = { f32: new WeakMap<GPUDevice, Pipelines>(), f16: new WeakMap<GPUDevice, Pipelines>() };

/** The compiled kernels of a device. */
export function pipelinesOf(device: GPUDevice, storage: Storage = "f32"): Pipelines {
  const kept = pipelines[storage].get(device) ?? new Pipelines(device, storage);
  pipelines[storage].set(device, kept);
  return kept;
}
