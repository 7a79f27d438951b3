/** @file What the fusing pass makes of a LayerGraph: fewer, larger operations, one GPU dispatch each. */
import type { ChannelRange, Op, Shape, Size2d, TensorSpec } from "../types.ts";

export interface LayerTensors {
  readonly weight: TensorSpec;
  readonly bias?: TensorSpec;
}

export interface FusedBranch extends LayerTensors {
  readonly channels: ChannelRange;
  readonly kernelSize: Size2d;
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
  /** Depthwise convolutions of ranges of the channels; channels that are in none pass through. */
  | { readonly kind: "depthwise"; readonly branches: readonly FusedBranch[] }
  | ({ readonly kind: "layerNorm"; readonly epsilon: number } & Required<LayerTensors>)
  | { readonly kind: "averagePool" }
  | (Op & { readonly kind: "maxPool2d" });

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

/** A graph that holds a layer for which there is no fused operation. */
export class FuseError extends Error {
  override readonly name = "FuseError";
}
