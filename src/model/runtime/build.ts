/** @file Builds networks on the running backend: first what can be prepared while another network runs, then the rest. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import type { LayerGraph, Shape } from "../graph/types.ts";
import { pipelinesOf } from "../kernels/pipelines.ts";
import { type Heap, heapOf } from "../kernels/simd/heap.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { Arena } from "./arena.ts";
import { EngineError } from "./errors.ts";
import { compileFused, type FusedDevice, type FusedKernels, FusedNetwork } from "./fused.ts";
import { planHeap } from "./heapPlan.ts";
import { LayerwiseNetwork } from "./layerwise.ts";
import { Leases } from "./leases.ts";
import type { KernelChoice, RunnableNetwork } from "./runnable.ts";
import { checkWeights, foldedSources, plainSources, type Sources } from "./sources.ts";
import { planStock } from "./stock.ts";
import { defaultTiles, type Tiles } from "./tiles.ts";
import { variantOf } from "./variants.ts";

/** The running backend as networks see it: what they share, and free when the last of them is gone. */
export interface NetworkDevice {
  readonly tensors: Leases<tf.Tensor>;
  /** On webgpu only. */
  readonly fused?: FusedDevice;
  /** On wasm only. */
  readonly heap?: Heap;
}

/** @param tiles Of the matrix products on webgpu. */
export function networkDevice(tiles: Tiles = defaultTiles): NetworkDevice {
  const tensors = new Leases<tf.Tensor>((tensor) => tensor.dispose());
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) {
    const heap = heapOf(backend);
    return heap ? { tensors, heap } : { tensors };
  }
  const { device } = backend;
  const weights = new Leases<readonly GPUBuffer[]>((buffers) => {
    for (const buffer of buffers) buffer.destroy();
  });
  return {
    tensors,
    fused: {
      device,
      kernels: "fused",
      pipelines: pipelinesOf(device),
      weights,
      arena: new Arena(device),
      tiles,
    },
  };
}

/** For a network beside the present one: weights that both need are shared, feature maps are its own. */
export function guestDevice(present: NetworkDevice): NetworkDevice {
  const { fused } = present;
  return fused ? { ...present, fused: { ...fused, arena: new Arena(fused.device) } } : present;
}

export interface BuiltNetwork<T extends RunnableNetwork = RunnableNetwork> {
  readonly network: T;
  /** Weights that had to be uploaded, and those that were there already. */
  readonly uploaded: number;
  readonly reused: number;
}

/** A network of which everything is ready but the weights. */
export interface PreparedNetwork {
  readonly kernels: KernelChoice;
  /** Programs that had to be compiled. */
  readonly compiled: number;
  /** @throws EngineError `weights` if a tensor is missing or misshaped; nothing stays allocated then. */
  build(weights: TensorMap): BuiltNetwork;
}

/** The fastest that the backend has. */
function defaultKernels({ fused, heap }: NetworkDevice): KernelChoice {
  return fused || heap ? "fused" : "folded";
}

/**
 * Compiles what the network needs. Where `kernels` is absent, the fastest that the backend has.
 * @throws EngineError `unavailable` if the backend has no such kernels; KernelError.
 */
export async function prepareNetwork(
  graph: LayerGraph,
  device: NetworkDevice,
  kernels?: KernelChoice,
): Promise<PreparedNetwork> {
  const choice = kernels ?? defaultKernels(device);
  switch (choice) {
    case "stock":
      return { kernels: choice, compiled: 0, build: (weights) => buildStock(graph, weights, device) };
    case "folded":
      return { kernels: choice, compiled: 0, build: (weights) => buildFolded(graph, weights, device) };
    case "fused":
    case "fused-f16":
    case "fused-subgroups":
      return prepareFused(graph, device, choice);
    default:
      return choice satisfies never;
  }
}

async function prepareFused(
  graph: LayerGraph,
  device: NetworkDevice,
  kernels: FusedKernels,
): Promise<PreparedNetwork> {
  const { fused, heap, tensors } = device;
  const folded = fold(graph);
  const plan = fuse(folded.graph);
  const prepared = (compiled: number, build: (sources: Sources) => BuiltNetwork): PreparedNetwork => ({
    kernels,
    compiled,
    build: (weights) => {
      checkWeights(graph, weights);
      return build(foldedSources(folded.folds, weights));
    },
  });
  if (fused) {
    const on = await variantOf(fused, kernels);
    const before = on.pipelines.size;
    await compileFused(plan, on);
    return prepared(on.pipelines.size - before, (sources) =>
      leased(on.weights, (lease) => new FusedNetwork(plan, sources, on, lease)),
    );
  }
  if (kernels !== "fused") {
    const why = "Halves and subgroups are ways to run on webgpu: choose it, or other kernels.";
    throw new EngineError("unavailable", why);
  }
  if (heap) {
    return prepared(0, (sources) =>
      leased(tensors, (lease) => {
        const steps = planHeap(plan, { sources, lease, heap });
        return new LayerwiseNetwork("fused", steps, imageOf(graph), lease);
      }),
    );
  }
  throw new EngineError(
    "unavailable",
    "There are fused kernels for webgpu, and for wasm where it has SIMD: choose one of these, or folded kernels.",
  );
}

/** The reference, of which every layer's output can be had. @throws EngineError `weights` */
export function buildStock(
  graph: LayerGraph,
  weights: TensorMap,
  { tensors }: NetworkDevice,
): BuiltNetwork<LayerwiseNetwork> {
  checkWeights(graph, weights);
  return layerwise("stock", graph, plainSources(weights), tensors);
}

function buildFolded(
  graph: LayerGraph,
  weights: TensorMap,
  { tensors }: NetworkDevice,
): BuiltNetwork<LayerwiseNetwork> {
  checkWeights(graph, weights);
  const folded = fold(graph);
  return layerwise("folded", folded.graph, foldedSources(folded.folds, weights), tensors);
}

function layerwise(
  kernels: KernelChoice,
  graph: LayerGraph,
  sources: Sources,
  tensors: Leases<tf.Tensor>,
): BuiltNetwork<LayerwiseNetwork> {
  return leased(tensors, (lease) => {
    const steps = planStock(graph, sources, lease);
    return new LayerwiseNetwork(kernels, steps, imageOf(graph), lease);
  });
}

function imageOf({ nodes }: LayerGraph): Shape {
  return nodes.find(({ op }) => op.kind === "input")?.output ?? [0];
}

function leased<T, N extends RunnableNetwork>(
  leases: Leases<T>,
  make: (lease: ReturnType<Leases<T>["lease"]>) => N,
): BuiltNetwork<N> {
  const lease = leases.lease();
  try {
    return { network: make(lease), uploaded: lease.uploaded, reused: lease.reused };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** Buffers and bytes that networks and TensorFlow.js hold on the device now, small change aside. */
export function memoryInUse({ fused }: NetworkDevice): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  const buffers = fused?.weights.resources().flat() ?? [];
  return {
    tensors: numTensors + buffers.length,
    bytes: numBytes + buffers.reduce((sum, { size }) => sum + size, fused?.arena.bytes ?? 0),
  };
}
