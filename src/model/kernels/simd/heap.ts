/** @file This project's SIMD programs on the memory of TensorFlow.js's WebAssembly backend. */
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { gelu as exactGelu } from "../../graph/gelu.ts";
import { assemble, type MultiplyAdd, plainMultiplyAdd, relaxedMultiplyAdd } from "./assembler.ts";
import { blockBytes, depthwiseParameters, depthwiseProgram } from "./depthwise.ts";
import { geluProgram } from "./gelu.ts";
import {
  addProgram,
  type MatmulCall,
  matmulParameters,
  matmulProgram,
  panelBytes,
  rowsAtOnce,
} from "./matmul.ts";

type Run = (...parameters: readonly number[]) => void;

/** A branch of a depthwise convolution: `channels` of its input, from `start` on. */
export interface PlacedBranch {
  readonly start: number;
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
  /** Exact GELU in place; the tensor must be nobody else's. */
  gelu(tensor: tf.Tensor): void;
  /** `[..., inputs]` to `[..., outputs]`. */
  multiply(x: tf.Tensor, product: PlacedProduct, epilogue: Epilogue): tf.Tensor;
  /** A copy of `x`, `[N, H, W, C]`, with the branches convolved. */
  depthwise(x: tf.Tensor4D, branches: readonly PlacedBranch[]): tf.Tensor;
  /** A new tensor of the shape of `x` with the values that `compute` writes. */
  compute(x: tf.Tensor, compute: (x: Float32Array, result: Float32Array) => void): tf.Tensor;
}

const heaps = new WeakMap<BackendWasm, Heap | undefined>();

/** Undefined where the backend is another one, or WebAssembly has no SIMD here. */
export function heapOf(backend: unknown): Heap | undefined {
  if (!(backend instanceof BackendWasm)) return undefined;
  if (!heaps.has(backend)) heaps.set(backend, open(backend));
  return heaps.get(backend);
}

function open(backend: BackendWasm): Heap | undefined {
  const memory = memoryOf(backend.wasm);
  if (!memory || !tf.env().getBool("WASM_HAS_SIMD_SUPPORT")) return undefined;
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const programs = (multiplyAdd: MultiplyAdd) =>
    assemble(
      [geluProgram(multiplyAdd), depthwiseProgram(multiplyAdd), matmulProgram(multiplyAdd), addProgram],
      isShared,
    );
  const relaxed = programs(relaxedMultiplyAdd);
  const module = new WebAssembly.Module(WebAssembly.validate(relaxed) ? relaxed : programs(plainMultiplyAdd));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const [gelu, depthwise] = [exports["gelu"] as Run, exports["depthwise"] as Run];
  const [matmul, addTo] = [exports["matmul"] as Run, exports["addTo"] as Run];
  const addressOf = ({ dataId }: tf.TensorInfo) => backend.getMemoryOffset(dataId);
  const tensorOf = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info);
  const values = (tensor: tf.TensorInfo) => backend.typedArrayFromHeap(tensor) as Float32Array;
  return {
    gelu: (tensor) => {
      const vectors = Math.floor(tensor.size / 4);
      gelu(addressOf(tensor), addressOf(tensor) + 16 * vectors);
      const rest = values(tensor).subarray(4 * vectors);
      rest.set(rest.map(exactGelu));
    },
    multiply: (x, { inputs, outputs, panels }, { gelu: withGelu, residual }) => {
      const result = backend.makeOutput([...x.shape.slice(0, -1), outputs], "float32");
      const [source, target, weights] = [addressOf(x), addressOf(result), addressOf(panels)];
      const rows = x.size / inputs;
      // What follows finds the rows still in the cache.
      const step = rowsAtOnce(Math.max(inputs, outputs));
      for (let row = 0; row < rows; row += step) {
        const end = Math.min(row + step, rows);
        const [first, last] = [target + 4 * row * outputs, target + 4 * end * outputs];
        const given: MatmulCall = {
          x: source + 4 * row * inputs,
          xEnd: source + 4 * end * inputs,
          inputPitch: 4 * inputs,
          result: first,
          outputPitch: 4 * outputs,
          panels: weights,
          panelsEnd: weights + 4 * panels.size,
          panelPitch: panelBytes(inputs),
        };
        matmul(...matmulParameters.map((name) => given[name]));
        if (withGelu) gelu(first, last);
        if (residual) addTo(first, last, addressOf(residual) + first - target);
      }
      return tensorOf(result);
    },
    depthwise: (x, branches) => {
      const result = backend.makeOutput(x.shape, "float32");
      values(result).set(values(x));
      const [batch, height, width, channels] = x.shape;
      for (const { start, kernelSize, blocks } of branches) {
        const [rows, columns] = kernelSize;
        const given: Readonly<Record<(typeof depthwiseParameters)[number], number>> = {
          x: addressOf(x) + 4 * start,
          result: addressOf(result) + 4 * start,
          blocks: addressOf(blocks),
          blocksEnd: addressOf(blocks) + 4 * blocks.size,
          blockPitch: blockBytes(kernelSize),
          lines: batch * height,
          height,
          width,
          pixelPitch: 4 * channels,
          rows,
          columns,
          top: (rows - 1) / 2,
          left: (columns - 1) / 2,
        };
        depthwise(...depthwiseParameters.map((name) => given[name]));
      }
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
