/** @file A network of fused programs on WebGPU. */
import type { FusedGraph } from "../graph/passes/fused.ts";
import type { Shape } from "../graph/types.ts";
import { toHalves } from "../kernels/half.ts";
import { padded, type Storage } from "../kernels/kernel.ts";
import { padChannels, unpadChannels } from "../kernels/padding.ts";
import type { Pipelines } from "../kernels/pipelines.ts";
import { fromFloat16 } from "../weights/float16.ts";
import type { Arena } from "./arena.ts";
import { EngineError } from "./errors.ts";
import { dispatchOf, type FusedLayer, workOf } from "./fusedOps.ts";
import { packedOf } from "./fusedWeights.ts";
import type { Lease, Leases } from "./leases.ts";
import { type Command, Recording } from "./recording.ts";
import type { KernelChoice, Operation, RunnableNetwork } from "./runnable.ts";
import { planSlots, type SlotPlan } from "./slots.ts";
import type { Sources } from "./sources.ts";
import type { Tiles } from "./tiles.ts";

export type FusedKernels = Extract<KernelChoice, `fused${string}`>;

/** What fused networks of one engine share. */
export interface FusedDevice {
  readonly device: GPUDevice;
  readonly kernels: FusedKernels;
  readonly pipelines: Pipelines;
  readonly weights: Leases<readonly GPUBuffer[]>;
  readonly arena: Arena;
  /** May be replaced while networks stand: they take it up at their next recording. */
  tiles: Tiles;
}

/** Compiles what a network needs for single images, and ends when that is done. @throws KernelError */
export async function compileFused(
  graph: FusedGraph,
  { pipelines, tiles }: Pick<FusedDevice, "pipelines" | "tiles">,
): Promise<void> {
  const dispatches = layersOf(graph).flatMap((layer) => dispatchOf(layer, 1, tiles) ?? []);
  await Promise.all(dispatches.map(({ kernel }) => pipelines.get(kernel)));
}

export class FusedNetwork implements RunnableNetwork {
  readonly kernels: FusedKernels;
  readonly #on: FusedDevice;
  readonly #graph: FusedGraph;
  readonly #layers: readonly FusedLayer[];
  readonly #weights: ReadonlyMap<string, readonly GPUBuffer[]>;
  readonly #lease: Lease<readonly GPUBuffer[]>;
  #recorded: Recorded | undefined;

  /** Uploads the weights that are not there yet. `lease` is of the device's weights, and the network's from now on. */
  constructor(graph: FusedGraph, sources: Sources, on: FusedDevice, lease: Lease<readonly GPUBuffer[]>) {
    this.kernels = on.kernels;
    this.#on = on;
    this.#graph = graph;
    this.#lease = lease;
    this.#layers = layersOf(graph);
    this.#weights = new Map(
      this.#layers.flatMap((layer) => {
        const packed = packedOf(layer, sources);
        if (!packed) return [];
        const { storage } = on.pipelines;
        const make = () =>
          packed.pack().map((data) => upload(on.device, encoded(data, storage), layer.node.id));
        return [[layer.node.id, lease.get(`${storage} ${packed.identity}`, make)] as const];
      }),
    );
  }

  get dispatches(): number {
    return this.#recorded?.recording.dispatches ?? 0;
  }

  /** Compiles what it needs with these tiles, so that taking them up does not wait. */
  compile(tiles: Tiles): Promise<void> {
    return compileFused(this.#graph, { pipelines: this.#on.pipelines, tiles });
  }

  async run(pixels: Float32Array, batch: number): Promise<Float32Array> {
    const { recording, input } = await this.#record(batch);
    const [channels] = this.#shapeOf(this.#layers[0]?.node.id ?? "");
    const { device, pipelines } = this.#on;
    device.queue.writeBuffer(input, 0, encoded(padChannels(pixels, channels), pipelines.storage));
    recording.submit();
    const [classes] = this.#shapeOf(this.#graph.output);
    return unpadChannels(decoded(await recording.readBytes(), pipelines.storage), classes);
  }

  get device(): GPUDevice {
    return this.#on.device;
  }

  /** What takes a dispatch, in the order of the recording's commands. */
  get operations(): readonly Operation[] {
    return this.#layers.flatMap(({ node: { id, op, inputs } }) =>
      op.kind === "input" ? [] : [{ id, inputs }],
    );
  }

  /** The commands of a forward of `batch` images, for timing them on what lies in their buffers. */
  async recording(batch: number): Promise<Recording> {
    return (await this.#record(batch)).recording;
  }

  dispose(): void {
    this.#recorded?.recording.dispose();
    this.#recorded = undefined;
    this.#lease.release();
  }

  /** The recording of the newest batch size, made anew where its buffers are gone. */
  async #record(batch: number): Promise<Recorded> {
    const plan = this.#plan(batch);
    const buffers = this.#on.arena.take(plan.sizes);
    const { tiles } = this.#on;
    const known = this.#recorded;
    if (known?.batch === batch && known.buffers === buffers && known.tiles === tiles) return known;
    this.#recorded?.recording.dispose();
    this.#recorded = undefined;
    const bufferOf = (id: string): GPUBuffer => {
      const buffer = buffers[plan.slots.get(id) ?? -1];
      if (!buffer) throw new EngineError("failed", `The activations of ${id} have no place.`);
      return buffer;
    };
    const commands = this.#layers.flatMap((layer): Command[] => {
      const dispatch = dispatchOf(layer, batch, tiles);
      if (!dispatch) return [];
      const { id, inputs } = layer.node;
      const [x = "", ...others] = inputs;
      const weights = this.#weights.get(id) ?? [];
      const read = [bufferOf(x), ...weights, ...others.map(bufferOf)];
      return [{ dispatch, buffers: [bufferOf(id), ...read], work: batch * workOf(layer) }];
    });
    const readback = {
      source: bufferOf(this.#graph.output),
      bytes: this.#bytesOf(this.#shapeOf(this.#graph.output), batch),
    };
    const recording = await Recording.make(this.#on.device, this.#on.pipelines, commands, readback);
    this.#recorded = { batch, buffers, tiles, input: bufferOf(this.#layers[0]?.node.id ?? ""), recording };
    return this.#recorded;
  }

  #plan(batch: number): SlotPlan {
    const values = this.#layers.map(({ node: { id, inputs, output } }) => ({
      id,
      inputs,
      size: this.#bytesOf(output, batch),
    }));
    return planSlots(values, this.#graph.output);
  }

  /** Of activations as they lie in memory. */
  #bytesOf([channels, height = 1, width = 1]: Shape, batch: number): number {
    return elementBytes[this.#on.pipelines.storage] * batch * padded(channels) * height * width;
  }

  #shapeOf(id: string): Shape {
    return this.#layers.find(({ node }) => node.id === id)?.node.output ?? [0];
  }
}

interface Recorded {
  readonly batch: number;
  /** Of the activations. */
  readonly buffers: readonly GPUBuffer[];
  readonly tiles: Tiles;
  readonly input: GPUBuffer;
  readonly recording: Recording;
}

function layersOf({ nodes }: FusedGraph): readonly FusedLayer[] {
  const shapes = new Map(nodes.map(({ id, output }) => [id, output]));
  return nodes.map((node) => {
    const [input = node.output, ...others] = node.inputs.flatMap((id): readonly Shape[] => {
      const shape = shapes.get(id);
      return shape ? [shape] : [];
    });
    return { node, input, others };
  });
}

const elementBytes: Readonly<Record<Storage, number>> = { f32: 4, f16: 2 };

function upload(device: GPUDevice, data: Uint8Array<ArrayBuffer>, label: string): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ label, size: data.byteLength, usage });
  device.queue.writeBuffer(buffer, 0, data);
  return buffer;
}

/** As kernels read it. Integers are tables, and stay as they are. */
function encoded(data: Float32Array | Int32Array, storage: Storage): Uint8Array<ArrayBuffer> {
  const stored = storage === "f16" && data instanceof Float32Array ? toHalves(data) : data;
  // WebGPU takes no shared memory, which none of these arrays is; the types do not know.
  return new Uint8Array(stored.buffer as ArrayBuffer, stored.byteOffset, stored.byteLength);
}

function decoded(bytes: ArrayBuffer, storage: Storage): Float32Array {
  return storage === "f16" ? fromFloat16(new Uint16Array(bytes)) : new Float32Array(bytes);
}
