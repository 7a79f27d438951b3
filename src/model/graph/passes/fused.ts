/** @file What the fusing pass makes of a LayerGraph: fewer, larger operations, one GPU dispatch each. */
import type { ChannelRange, Op, Shape, Size2d, TensorSpec } from "../types.ts";
import type { Affine } from "./fold.ts";

export interface LayerTensors {
  readonly weight: TensorSpec;
  readonly bias?: TensorSpec;
}

export interface FusedBranch extends LayerTensors {
  readonly channels: ChannelRange;
  readonly kernelSize: Size2d;
}

/** Some channels of one of an operation's inputs. */
export interface ChannelPart {
  /** Index of the input. */
  readonly input: number;
  readonly channels: ChannelRange;
}

/** What is done to a finished sum, in this order. */
export interface Finish {
  /** Exact. */
  readonly gelu: boolean;
  /** The second input is added. */
  readonly residual: boolean;
  readonly relu: boolean;
}

export type FusedOp =
  | { readonly kind: "input" }
  /** A linear layer, or a convolution whose kernel equals its stride; before it maybe a layer norm. */
  | ({
      readonly kind: "matmul";
      /** Side of the kernel, which is its stride too. */
      readonly patch: number;
      readonly layerNorm?: { readonly epsilon: number } & Required<LayerTensors>;
    } & Finish &
      LayerTensors)
  /** Any other dense convolution. */
  | ((Op & { readonly kind: "conv2d" }) & Finish & LayerTensors)
  /**
   * Some channels of its input, maybe all, with ranges of them convolved; channels that are in no branch pass through.
   * All ranges count the input's channels.
   */
  | {
      readonly kind: "depthwise";
      readonly channels: ChannelRange;
      readonly branches: readonly FusedBranch[];
    }
  | ({ readonly kind: "layerNorm"; readonly epsilon: number } & Required<LayerTensors>)
  | { readonly kind: "averagePool" }
  | (Op & { readonly kind: "maxPool2d" })
  /** Where `subtracts`, its second input is subtracted. */
  | ((Op & { readonly kind: "averagePool2d" }) & { readonly subtracts: boolean })
  /** A batch norm or layer scale that no layer beside it could take in. */
  | { readonly kind: "affine"; readonly affine: Affine }
  /** Channels of its inputs, one part after the other. */
  | { readonly kind: "channels"; readonly parts: readonly ChannelPart[] }
  /** Layers that no product could take in. */
  | (Op & { readonly kind: "gelu" | "relu" | "add" | "subtract" });

export interface FusedNode {
  /** The LayerGraph's node whose values it gives: the last one of those that it stands for. */
  readonly id: string;
  readonly op: FusedOp;
  readonly inputs: readonly string[];
  readonly output: Shape;
}

export interface FusedGraph {
  /** In topological order. */
  readonly nodes: readonly FusedNode[];
  readonly output: string;
}
