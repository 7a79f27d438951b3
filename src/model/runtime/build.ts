/** @file Builds networks on the running backend: first what can be prepared while another network runs, then the rest. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import { type FusedGraph, FuseError } from "../graph/passes/fused.ts";
import type { LayerGraph } from "../graph/types.ts";
import { pipelinesOf } from "../kernels/pipelines.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { Arena } from "./arena.ts";
import { EngineError } from "./errors.ts";
import { compileFused, type FusedDevice, FusedNetwork } from "./fused.ts";
import { LayerwiseNetwork } from "./layerwise.ts";
import { Leases } from "./leases.ts";
import type { KernelChoice, RunnableNetwork } from "./runnable.ts";
import { checkWeights, foldedSources, plainSources } from "./sources.ts";

/** The running backend as networks see it: what they share, and free when the last of them is gone. */
export interface NetworkDevice {
  readonly tensors: Leases<tf.Tensor>;
  /** On webgpu only. */
  readonly fused?: FusedDevice;
}

export function networkDevice(): NetworkDevice {
  const tensors = new Leases<tf.Tensor>((tensor) => tensor.dispose());
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return { tensors };
  const { device } = backend;
  const weights = new Leases<readonly GPUBuffer[]>((buffers) => {
    for (const buffer of buffers) buffer.destroy();
  });
  return {
    tensors,
    fused: { device, pipelines: pipelinesOf(device), weights, arena: new Arena(device) },
  };
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
export function defaultKernels({ fused }: NetworkDevice): KernelChoice {
  return fused ? "fused" : "folded";
}

/**
 * Compiles what the network needs. Where `kernels` is absent, a graph that cannot be fused is run folded.
 * @throws EngineError `unavailable` if the kernels were asked for and cannot run this network here; KernelError.
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
    case "fused": {
      const { fused } = device;
      if (!fused) throw new EngineError("unavailable", "Fused kernels are WebGPU programs: choose webgpu.");
      const folded = fold(graph);
      const plan = fusedOf(folded.graph);
      if (plan instanceof FuseError) {
        if (kernels) throw new EngineError("unavailable", plan.message);
        return prepareNetwork(graph, device, "folded");
      }
      const before = fused.pipelines.size;
      await compileFused(plan, fused);
      return {
        kernels: choice,
        compiled: fused.pipelines.size - before,
        build: (weights) => {
          checkWeights(graph, weights);
          const sources = foldedSources(folded.folds, weights);
          return leased(fused.weights, (lease) => new FusedNetwork(plan, sources, fused, lease));
        },
      };
    }
    default:
      return choice satisfies never;
  }
}

/** The reference, of which every layer's output can be had. @throws EngineError `weights` */
export function buildStock(
  graph: LayerGraph,
  weights: TensorMap,
  { tensors }: NetworkDevice,
): BuiltNetwork<LayerwiseNetwork> {
  checkWeights(graph, weights);
  const sources = plainSources(weights);
  return leased(tensors, (lease) => new LayerwiseNetwork("stock", graph, sources, lease));
}

function buildFolded(
  graph: LayerGraph,
  weights: TensorMap,
  { tensors }: NetworkDevice,
): BuiltNetwork<LayerwiseNetwork> {
  checkWeights(graph, weights);
  const folded = fold(graph);
  const sources = foldedSources(folded.folds, weights);
  return leased(tensors, (lease) => new LayerwiseNetwork("folded", folded.graph, sources, lease));
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

function fusedOf(graph: LayerGraph): FusedGraph | FuseError {
  try {
    return fuse(graph);
  } catch (error) {
    if (error instanceof FuseError) return error;
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
