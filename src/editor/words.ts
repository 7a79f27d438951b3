/** @file Layers and settings in words. */
import type { Head, Norm } from "../model/architecture/schema.ts";
import type { LayerGroup, LayerNode, Op } from "../model/graph/types.ts";
import { formatKernel } from "./format.ts";

/** Short name on a node: the last part of its path for layers with weights, as `fc1`; else what it does. */
export function layerName({ id, op }: LayerNode): string {
  if (op.kind === "gelu") return "GELU";
  if (op.kind === "add") return "Sum";
  if (op.kind === "subtract") return "Difference";
  return id.split(".").at(-1) ?? id;
}

/** What an operation does, as `11 × 1 depthwise convolution`. */
export function opWords(op: Op): string {
  switch (op.kind) {
    case "input":
      return "Normalised image";
    case "conv2d":
      return `${formatKernel(op.kernelSize)} convolution, stride ${op.stride}`;
    case "depthwiseConv2d":
      return `${formatKernel(op.kernelSize)} depthwise convolution`;
    case "channels":
      return "Passes its channels through";
    case "concat":
      return "Concatenation along the channels";
    case "batchNorm":
      return "Batch norm, by running statistics";
    case "layerNorm":
      return "Layer norm, over the channels";
    case "linear":
      return "Linear, over the channels of every pixel";
    case "gelu":
      return "GELU, exact by erf";
    case "relu":
      return "ReLU";
    case "scale":
      return "Layer scale: times one factor a channel";
    case "add":
      return "Sum of the branch and the shortcut";
    case "subtract":
      return "Difference: the first minus the second";
    case "averagePool2d":
      return `${formatKernel(op.kernelSize)} average, of the pixels inside`;
    case "globalAveragePool":
      return "Average over all pixels";
    case "maxPool2d":
      return `${formatKernel(op.kernelSize)} maximum, stride ${op.stride}`;
    default:
      return op satisfies never;
  }
}

/** A module's name, as `Block 3`. */
export function groupName({ kind, stage = 0, block = 0 }: LayerGroup): string {
  switch (kind) {
    case "image":
      return "Image";
    case "stem":
      return "Stem";
    case "stage":
      return `Stage ${stage + 1}`;
    case "downsample":
      return "Downsample";
    case "block":
      return `Block ${block + 1}`;
    case "tokenMixer":
      return "Token mixer";
    case "mlp":
      return "MLP";
    case "head":
      return "Head";
    default:
      return kind satisfies never;
  }
}

export const normNames = {
  batchnorm: "Batch norm",
  layernorm: "Layer norm",
} as const satisfies Record<Norm, string>;

/** The layers of a head. */
export const headWords = {
  mlp: "pool, fc1, GELU, layer norm, fc2",
  linear: "pool, layer norm, linear",
} as const satisfies Record<Head["kind"], string>;
