/** @file This project's SIMD programs on the memory of TensorFlow.js's WebAssembly backend. */
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { gelu as exactGelu } from "../../graph/gelu.ts";
import { type Crew, crewOf, loneCrew } from "./crew.ts";
import { panelBytes, tallestTile } from "./matmul.ts";
import { compilePrograms, instantiate } from "./programs.ts";

/** A branch of a depthwise convolution: `count` channels of its input, from `start` on. */
export interface PlacedBranch {
  readonly start: number;
  readonly count: number;
  readonly kernelSize: readonly [height: number, width: number];
  /** As `packBranch` makes them. */
  readonly blocks: tf.Tensor;
}

/** A linear layer, or a 1 x 1 convolution. */
export interface PlacedProduct {
  readonly inputs: number;
  /** A multiple of four. */
  readonly outputs: number;
  /** As `packPanels` makes them. */
  readonly panels: tf.Tensor;
}

export interface Epilogue {
  readonly gelu: boolean;
  /** Of the result's shape; added last. */
  readonly residual: tf.Tensor | undefined;
}

export interface Heap {
  /** That share the work. */
  readonly threads: number;
  /** Exact GELU in place; the tensor must be nobody else's. */
  gelu(tensor: tf.Tensor): void;
  /** `[..., inputs]` to `[..., outputs]`. */
  multiply(x: tf.Tensor, product: PlacedProduct, epilogue: Epilogue): tf.Tensor;
  /** Patches of `x`, `[N, H, W, C]`, side by side: `[N, H / patch, W / patch, patch * patch * C]`. */
  patches(x: tf.Tensor4D, patch: number): tf.Tensor;
  /** A copy of `x`, `[N, H, W, C]`, with the branches convolved. */
  depthwise(x: tf.Tensor4D, branches: readonly PlacedBranch[]): tf.Tensor;
  /** A new tensor of the shape of `x` with the values that `compute` writes. */
  compute(x: tf.Tensor, compute: (x: Float32Array, result: Float32Array) => void): tf.Tensor;
}

const heaps = new WeakMap<BackendWasm, Heap>();

/**
 * Opens the backend's memory, once; helpers start where it is shared. Does nothing where WebAssembly has no SIMD.
 * @param threads At most so many; ends when they are there.
 */
export async function openHeap(backend: unknown, threads: number): Promise<void> {
  if (!(backend instanceof BackendWasm) || heaps.has(backend)) return;
  const memory = memoryOf(backend.wasm);
  if (!memory || !tf.env().getBool("WASM_HAS_SIMD_SUPPORT")) return;
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const module = compilePrograms(isShared);
  const programs = instantiate(module, memory);
  const helpers = isShared ? threads - 1 : 0;
  const crew = helpers > 0 ? await crewOf(programs, { module, memory, helpers }) : loneCrew(programs);
  heaps.set(backend, heapWith(backend, crew));
}

/** Undefined where the backend is another one, or its heap could not be opened. */
export function heapOf(backend: unknown): Heap | undefined {
  return backend instanceof BackendWasm ? heaps.get(backend) : undefined;
}

/** Each thread should find so many tasks, so that those that are held up can leave theirs to others. */
const tasksEach = 4;
/** Multiply-adds below which a job is done sooner than others have heard of it. */
const smallest = 1_000_000;

function heapWith(backend: BackendWasm, crew: Crew): Heap {
  const addressOf = ({ dataId }: tf.TensorInfo) => backend.getMemoryOffset(dataId);
  const tensorOf = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
  const values = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
  /** The largest parts of `count` that give every thread enough to do. */
  const share = (count: number, work: number) =>
    crew.threads === 1 || work < smallest ? count : Math.ceil(count / (tasksEach * crew.threads));
  return {
    threads: crew.threads,
    gelu: (tensor) => {
      const vectors = Math.floor(tensor.size / 4);
      const start = addressOf(tensor);
      const taskBytes = 16 * share(vectors, 16 * tensor.size);
      if (vectors > 0) crew.run({ kind: "gelu", start, end: start + 16 * vectors, taskBytes });
      const rest = values(tensor).subarray(4 * vectors);
      rest.set(rest.map(exactGelu));
    },
    multiply: (x, { inputs, outputs, panels }, { gelu, residual }) => {
      const result = backend.makeOutput([...x.shape.slice(0, -1), outputs], "float32");
      const rows = x.size / inputs;
      const panelCount = panels.size / (panelBytes(inputs) / 4);
      const work = rows * inputs * outputs;
      // Few rows are shared out by their panels, so that each thread reads only its part of the weights.
      const isWide = rows < tasksEach * crew.threads * tallestTile;
      crew.run({
        kind: "multiply",
        x: addressOf(x),
        result: addressOf(result),
        panels: addressOf(panels),
        panelCount,
        inputs,
        outputs,
        rows,
        gelu: Number(gelu),
        residual: residual ? addressOf(residual) : 0,
        taskRows: isWide ? rows : tallestTile * Math.ceil(share(rows, work) / tallestTile),
        taskPanels: isWide ? share(panelCount, work) : panelCount,
      });
      return tensorOf(result);
    },
    patches: (x, patch) => {
      const [batch, height, width, channels] = x.shape;
      const [imageLines, across] = [Math.floor(height / patch), Math.floor(width / patch)];
      const lines = batch * imageLines;
      const result = backend.makeOutput([batch, imageLines, across, patch * patch * channels], "float32");
      const taskLines = share(lines, x.size);
      const sizes = { patch, lines, imageLines, across, height, width, channels, taskLines };
      crew.run({ kind: "patches", x: addressOf(x), result: addressOf(result), ...sizes });
      return tensorOf(result);
    },
    depthwise: (x, branches) => {
      const result = backend.makeOutput(x.shape, "float32");
      const [batch, height, width, channels] = x.shape;
      const work = batch * height * width * branches.reduce((sum, { blocks }) => sum + blocks.size, 0);
      crew.run({
        kind: "depthwise",
        x: addressOf(x),
        result: addressOf(result),
        lines: batch * height,
        height,
        width,
        channels,
        taskLines: share(batch * height, work),
        branches: branches.map(({ start, count, kernelSize: [rows, columns], blocks }) => {
          const address = addressOf(blocks);
          return { start, count, rows, columns, blocks: address, blocksEnd: address + 4 * blocks.size };
        }),
      });
      return tensorOf(result);
    },
    compute: (x, compute) => {
      const result = backend.makeOutput(x.shape, "float32");
      compute(values(x), values(result));
      return tensorOf(result);
    },
  };
}

function memoryOf(module: object): WebAssembly.Memory | undefined {
  const { wasmMemory, asm } = module as Partial<WithMemory>;
  return wasmMemory ?? asm?.memory;
}

/** Where Emscripten keeps the memory: with threads, and without. Its types do not say. */
interface WithMemory {
  readonly wasmMemory: WebAssembly.Memory;
  readonly asm: { readonly memory?: WebAssembly.Memory };
}
