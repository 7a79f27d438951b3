/** @file The operations of a fused graph as dispatches of kernels. */
import { elementCount } from "../graph/elementCount.ts";
import type { FusedNode, FusedOp } from "../graph/passes/fused.ts";
import type { Shape } from "../graph/types.ts";
import { dispatchAveragePool } from "../kernels/averagePool.ts";
import { dispatchAveragePool2d } from "../kernels/averagePool2d.ts";
import { dispatchChannels } from "../kernels/channels.ts";
import { dispatchConvolution } from "../kernels/convolution.ts";
import { dispatchDepthwise } from "../kernels/depthwise.ts";
import { dispatchElementwise } from "../kernels/elementwise.ts";
import type { Dispatch } from "../kernels/kernel.ts";
import { dispatchLayerNorm } from "../kernels/layerNorm.ts";
import { dispatchMaxPool } from "../kernels/maxPool.ts";
import { dispatchMatmul, type Tiles } from "./tiles.ts";

/** An operation of a fused graph, with the shapes of what it reads. */
export interface FusedLayer {
  readonly node: FusedNode;
  /** Of the first input; the image's own for the image. */
  readonly input: Shape;
  readonly others: readonly Shape[];
}

/** Its dispatch for a batch; undefined for the input, which is uploaded. */
export function dispatchOf(layer: FusedLayer, batch: number, tiles: Tiles): Dispatch | undefined {
  const { node, input, others } = layer;
  const { op } = node;
  const [channels, height = 1, width = 1] = input;
  const pixels = batch * height * width;
  switch (op.kind) {
    case "input":
      return undefined;
    case "depthwise":
      return dispatchDepthwise({ batch, height, width, channels }, op.channels);
    case "channels":
      return dispatchChannels(
        pixels,
        [input, ...others].map(([width]) => width),
        node.output[0],
      );
    case "gelu":
    case "relu":
    case "add":
    case "subtract":
    case "affine":
      return dispatchElementwise(op.kind, pixels, channels);
    case "averagePool2d":
      return dispatchAveragePool2d({ ...op, batch, height, width, channels }, op.subtracts);
    case "layerNorm":
      return dispatchLayerNorm(pixels, channels, op.epsilon);
    case "averagePool":
      return dispatchAveragePool(batch, height * width, channels);
    case "maxPool2d":
      return dispatchMaxPool({ ...op, batch, height, width, inputs: channels });
    case "conv2d":
      return dispatchConvolution(op, {
        ...op,
        batch,
        height,
        width,
        inputs: channels,
        outputs: node.output[0],
      });
    case "matmul": {
      const { patch, gelu, residual, relu, layerNorm } = op;
      const epilogue = { gelu, residual, relu, layerNorm: layerNorm !== undefined };
      const epsilon = layerNorm?.epsilon ?? 0;
      const sizes = { batch, height, width, inputs: channels, outputs: node.output[0], patch, epsilon };
      return dispatchMatmul(tiles, epilogue, sizes);
    }
    default:
      return op satisfies never;
  }
}

/** Multiply-adds of one image, as far as they count for the time that a dispatch takes. */
export function workOf({ node, input }: FusedLayer): number {
  const { op } = node;
  if (op.kind !== "matmul" && op.kind !== "conv2d") return 0;
  return elementCount(node.output) * input[0] * areaOf(op);
}

/** Pixels of the kernel. */
export function areaOf(op: Extract<FusedOp, { readonly kind: "matmul" | "conv2d" }>): number {
  return op.kind === "matmul" ? op.patch ** 2 : op.kernelSize[0] * op.kernelSize[1];
}
