/** @file Builds networks on the running backend, and counts what a forward asks of it. */
import * as tf from "@tensorflow/tfjs-core";
import type { LayerGraph } from "../graph/types.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import type { DeviceWeights } from "./deviceWeights.ts";
import { Network } from "./network.ts";
import { planStock } from "./stock.ts";

export interface BuiltNetwork {
  readonly network: Network;
  /** Weights that had to be uploaded, and those that were there already. */
  readonly uploaded: number;
  readonly reused: number;
}

/** @throws EngineError `weights` if a tensor is missing or misshaped; nothing stays allocated then. */
export function buildNetwork(graph: LayerGraph, weights: TensorMap, device: DeviceWeights): BuiltNetwork {
  const lease = device.lease();
  try {
    const plan = planStock(graph, weights, lease);
    return { network: new Network(plan, lease.release), uploaded: lease.uploaded, reused: lease.reused };
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** Tensors and bytes that TensorFlow.js holds now. */
export function memoryInUse(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
