/** @file What the fusing pass makes of a LayerGraph: fewer, larger operations, one GPU dispatch each. */
import type { ChannelRange, Shape, Size2d, TensorSpec } from "../types.ts";

export interface LayerTensors {
  readonly weight: TensorSpec;
  readonly bias?: TensorSpec;
}

export interface FusedBranch extends LayerTensors {
  readonly channels: ChannelRange;
  readonly kernelSize: Size2d;
}

export type FusedOp =
  | { readonly kind: "input" }
  /**
   * A linear layer, or a convolution whose kernel equals its stride, then in this order: exact GELU, sum with a second
   * input; and before it a layer norm.
   */
  | ({
      readonly kind: "matmul";
      /** Side of the kernel, which is its stride too. */
      readonly patch: number;
      readonly layerNorm?: { readonly epsilon: number } & Required<LayerTensors>;
      readonly gelu: boolean;
      /** The second input is added. */
      readonly residual: boolean;
    } & LayerTensors)
  /** Depthwise convolutions of ranges of the channels; channels that are in none pass through. */
  | { readonly kind: "depthwise"; readonly branches: readonly FusedBranch[] }
  | ({ readonly kind: "layerNorm"; readonly epsilon: number } & Required<LayerTensors>)
  | { readonly kind: "averagePool" };

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

/** A graph that holds a layer for which there is no fused operation, as ResNet's padded convolutions. */
export class FuseError extends Error {
  override readonly name = "FuseError";
}
