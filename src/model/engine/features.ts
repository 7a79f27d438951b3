/** @file A tensor of the network as PyTorch would show it. */
import type * as tf from "@tensorflow/tfjs-core";
import { toChannelsFirst } from "../runtime/axisOrder.ts";
import type { Feature } from "./api.ts";

/** Reads `[N, H, W, C]` or `[N, C]` and disposes of it. */
export async function readFeature(tensor: tf.Tensor): Promise<Feature> {
  try {
    const [n = 0, h = 0, w = 0, c = 0] = tensor.shape;
    const values = (await tensor.data()) as Float32Array;
    if (tensor.rank !== 4) return { shape: tensor.shape, ...moments(values), data: values };
    return { shape: [n, c, h, w], ...moments(values), data: toChannelsFirst(values, tensor.shape) };
  } finally {
    tensor.dispose();
  }
}

function moments(values: Float32Array): { readonly mean: number; readonly std: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
