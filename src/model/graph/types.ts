/**
 * @file The LayerGraph: every layer of a network, with its shapes and the state_dict path of its weights.
 *
 * It is what is counted, drawn, compiled and exported. Nodes are in topological order; each has one output.
 */
import type { ChannelRange, Size2d } from "../mixers/types.ts";

/** Per image, without the batch: `[C, H, W]` of a feature map, `[C]` of a vector. */
export type Shape = readonly [channels: number, height: number, width: number] | readonly [features: number];

export type { ChannelRange, Size2d };

export type Op =
  /** The normalised image. */
  | { readonly kind: "input" }
  /** Dense convolution; weight `[outC, inC, kh, kw]`. */
  | {
      readonly kind: "conv2d";
      readonly kernelSize: Size2d;
      readonly stride: number;
      readonly padding: Size2d;
    }
  /** Convolves the `channels` of its input, one kernel a channel, stride 1, padded to keep the size; weight `[count, 1, kh, kw]`. */
  | { readonly kind: "depthwiseConv2d"; readonly kernelSize: Size2d; readonly channels: ChannelRange }
  /** Passes the `channels` of its input through. */
  | { readonly kind: "channels"; readonly channels: ChannelRange }
  /** Its inputs one after the other along the channels. */
  | { readonly kind: "concat" }
  /** By running statistics. */
  | { readonly kind: "batchNorm"; readonly epsilon: number }
  /** Over the channels, for every pixel. */
  | { readonly kind: "layerNorm"; readonly epsilon: number }
  /** Over the channels, for every pixel; weight `[out, in]` or `[out, in, 1, 1]`. */
  | { readonly kind: "linear" }
  /** Exact, by erf. */
  | { readonly kind: "gelu" }
  | { readonly kind: "relu" }
  /** Times one factor a channel (layer scale). */
  | { readonly kind: "scale" }
  /** Sum of two inputs of one shape. */
  | { readonly kind: "add" }
  /** The first of two inputs of one shape minus the second. */
  | { readonly kind: "subtract" }
  /** Average over an odd kernel around every pixel, of those pixels alone that the map has; stride 1, the size stays. */
  | { readonly kind: "averagePool2d"; readonly kernelSize: Size2d }
  | { readonly kind: "globalAveragePool" }
  | {
      readonly kind: "maxPool2d";
      readonly kernelSize: Size2d;
      readonly stride: number;
      readonly padding: Size2d;
    };

export type TensorRole = "weight" | "bias" | "gamma" | "runningMean" | "runningVar";

/** A tensor of the state_dict that a node needs. */
export interface TensorSpec {
  /** state_dict key, verbatim. */
  readonly key: string;
  readonly role: TensorRole;
  /** PyTorch's shape: convolutions `[outC, inC / groups, kh, kw]`, linear `[out, in]`. */
  readonly shape: readonly number[];
}

export interface LayerNode {
  /** state_dict path of the module; nodes without weights have a name under their module's path. */
  readonly id: string;
  readonly op: Op;
  /** Ids of the nodes it reads. */
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly tensors: readonly TensorSpec[];
  /** Id of the innermost group it belongs to. */
  readonly group: string;
}

export type GroupKind = "image" | "stem" | "stage" | "downsample" | "block" | "tokenMixer" | "mlp" | "head";

/** A module that holds nodes and other groups. Where a module is a single layer, group and node share the id. */
export interface LayerGroup {
  readonly id: string;
  readonly kind: GroupKind;
  /** Id of the group around it; absent at the top. */
  readonly parent?: string;
  /** Stage index, from 0, for what lies in a stage. */
  readonly stage?: number;
  /** Block index within its stage, from 0, for what lies in a block. */
  readonly block?: number;
  /** Id of the node whose output is the module's. */
  readonly output: string;
}

export interface LayerGraph {
  readonly nodes: readonly LayerNode[];
  readonly groups: readonly LayerGroup[];
  /** Id of the node that gives the logits. */
  readonly output: string;
}
