/**
 * @file A forward as commands that were prepared once: replaying it costs three calls a dispatch.
 *
 * Pipelines, bind groups and uniforms are made at recording. WebGPU orders dispatches of one pass by itself, so all of them
 * lie in one, unless they are so much work that a slow GPU's watchdog might take them for a hang.
 */
import { type Dispatch, uniformBytes, workgroupGrid } from "../kernels/kernel.ts";
import type { Pipelines } from "../kernels/pipelines.ts";

export interface Command {
  readonly dispatch: Dispatch;
  /** The result first, then the kernel's inputs in their order. */
  readonly buffers: readonly GPUBuffer[];
  /** Multiply-adds. */
  readonly work: number;
}

interface PreparedCommand {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [x: number, y: number];
  readonly work: number;
}

/** A stretch of a recording's commands, run several times in a row. */
export interface Span {
  readonly first: number;
  readonly count: number;
  readonly repeats: number;
}

/** A read-back of `bytes` of a buffer after the last command. */
export interface Readback {
  readonly source: GPUBuffer;
  readonly bytes: number;
}

/** Multiply-adds of one submission: a tenth of a second on the slowest of GPUs. */
const mostWork = 2e10;

/** Uniforms of all commands lie in one buffer; every device can bind from multiples of this. */
const uniformPitch = 256;

export class Recording {
  readonly #device: GPUDevice;
  readonly #commands: readonly PreparedCommand[];
  readonly #batches: readonly (readonly PreparedCommand[])[];
  readonly #uniforms: GPUBuffer;
  readonly #source: GPUBuffer;
  readonly #result: GPUBuffer;
  readonly dispatches: number;

  private constructor(
    device: GPUDevice,
    commands: readonly PreparedCommand[],
    uniforms: GPUBuffer,
    { source, bytes }: Readback,
  ) {
    this.#device = device;
    this.#commands = commands;
    this.#batches = split(commands);
    this.#uniforms = uniforms;
    this.#source = source;
    this.#result = device.createBuffer({
      label: "logits",
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.dispatches = commands.length;
  }

  /** Compiles what is not compiled yet. @throws KernelError */
  static async make(
    device: GPUDevice,
    pipelines: Pipelines,
    commands: readonly Command[],
    readback: Readback,
  ): Promise<Recording> {
    const compiled = await Promise.all(
      commands.map(async (command) => ({ ...command, ...(await pipelines.get(command.dispatch.kernel)) })),
    );
    const data = new Uint8Array(uniformPitch * commands.length);
    for (const [index, { dispatch }] of commands.entries()) {
      data.set(new Uint8Array(uniformBytes(dispatch)), uniformPitch * index);
    }
    const uniforms = device.createBuffer({
      label: "uniforms",
      size: data.length,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(uniforms, 0, data);
    const prepared = compiled.map(({ pipeline, layout, dispatch, buffers, work }, index) => {
      const resources: GPUBufferBinding[] = [
        ...buffers.map((buffer) => ({ buffer })),
        { buffer: uniforms, offset: uniformPitch * index, size: uniformBytes(dispatch).byteLength },
      ];
      const entries = resources.map((resource, binding) => ({ binding, resource }));
      const group = device.createBindGroup({ label: dispatch.kernel.name, layout, entries });
      return { pipeline, group, grid: workgroupGrid(dispatch.workgroups), work };
    });
    return new Recording(device, prepared, uniforms, readback);
  }

  get bytes(): number {
    return this.#uniforms.size + this.#result.size;
  }

  /** Submits everything. The input lies in its buffer already. */
  submit(): void {
    for (const [index, commands] of this.#batches.entries()) {
      const encoder = this.#device.createCommandEncoder();
      encode(encoder, commands);
      if (index === this.#batches.length - 1) {
        encoder.copyBufferToBuffer(this.#source, 0, this.#result, 0, this.#result.size);
      }
      this.#device.queue.submit([encoder.finish()]);
    }
  }

  /**
   * Submits a stretch alone, without a read-back: what it gives is worth nothing, only its time. The GPU writes its clock to
   * the queries `at` and `at + 1` when the stretch begins and ends.
   */
  submitSpan(
    { first, count, repeats }: Span,
    stamps?: { readonly querySet: GPUQuerySet; readonly at: number },
  ): void {
    const stretch = this.#commands.slice(first, first + count);
    const batches = split(Array.from({ length: repeats }, () => stretch).flat());
    for (const [index, commands] of batches.entries()) {
      const encoder = this.#device.createCommandEncoder();
      encode(
        encoder,
        commands,
        stamps && {
          querySet: stamps.querySet,
          ...(index === 0 ? { beginningOfPassWriteIndex: stamps.at } : {}),
          ...(index === batches.length - 1 ? { endOfPassWriteIndex: stamps.at + 1 } : {}),
        },
      );
      this.#device.queue.submit([encoder.finish()]);
    }
  }

  /** What the newest submission gave, where it is float32. */
  async read(): Promise<Float32Array> {
    return new Float32Array(await this.readBytes());
  }

  /** What the newest submission gave. */
  async readBytes(): Promise<ArrayBuffer> {
    await this.#result.mapAsync(GPUMapMode.READ);
    const bytes = this.#result.getMappedRange().slice(0);
    this.#result.unmap();
    return bytes;
  }

  dispose(): void {
    this.#uniforms.destroy();
    this.#result.destroy();
  }
}

function encode(
  encoder: GPUCommandEncoder,
  commands: readonly PreparedCommand[],
  timestampWrites?: GPUComputePassTimestampWrites,
): void {
  const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
  for (const { pipeline, group, grid } of commands) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(grid[0], grid[1]);
  }
  pass.end();
}

function split<T extends { readonly work: number }>(commands: readonly T[]): readonly (readonly T[])[] {
  const batches: T[][] = [[]];
  let work = 0;
  for (const command of commands) {
    work += command.work;
    if (work > mostWork && batches.at(-1)?.length) {
      batches.push([]);
      work = command.work;
    }
    batches.at(-1)?.push(command);
  }
  return batches;
}
