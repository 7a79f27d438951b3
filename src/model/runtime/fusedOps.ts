/** @file The operations of a fused graph as dispatches of kernels, and their weights as the kernels read them. */
import type { FusedNode, FusedOp, LayerTensors } from "../graph/passes/fused.ts";
import type { Shape, TensorSpec } from "../graph/types.ts";
import { dispatchAveragePool } from "../kernels/averagePool.ts";
import { dispatchConvolution } from "../kernels/convolution.ts";
import { dispatchDepthwise } from "../kernels/depthwise.ts";
import type { Dispatch } from "../kernels/kernel.ts";
import { dispatchLayerNorm } from "../kernels/layerNorm.ts";
import { padChannels } from "../kernels/layout.ts";
import { dispatchMaxPool } from "../kernels/maxPool.ts";
import { packDepthwise } from "../kernels/packDepthwise.ts";
import { packMatmul } from "../kernels/packMatmul.ts";
import { type Sources, sourceOf } from "./sources.ts";
import { dispatchMatmul, type Tiles } from "./tiles.ts";

/** An operation of a fused graph that computes something, with the shape of its first input. */
export interface FusedLayer {
  readonly node: FusedNode;
  readonly input: Shape;
}

/** Its dispatch for a batch; undefined for the input, which is uploaded. */
export function dispatchOf({ node, input }: FusedLayer, batch: number, tiles: Tiles): Dispatch | undefined {
  const { op } = node;
  const [channels, height = 1, width = 1] = input;
  switch (op.kind) {
    case "input":
      return undefined;
    case "depthwise":
      return dispatchDepthwise({ batch, height, width, channels });
    case "layerNorm":
      return dispatchLayerNorm(batch * height * width, channels, op.epsilon);
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
  const outputs = node.output.reduce<number>((product, size) => product * size, 1);
  return outputs * input[0] * areaOf(op);
}

/** Pixels of the kernel. */
function areaOf(op: Extract<FusedOp, { readonly kind: "matmul" | "conv2d" }>): number {
  return op.kind === "matmul" ? op.patch ** 2 : op.kernelSize[0] * op.kernelSize[1];
}

/** What a kernel reads besides activations, in the order of its inputs. */
export interface PackedWeights {
  /** Equal for equal contents. */
  readonly identity: string;
  pack(): readonly (Float32Array | Int32Array)[];
}

/** The packed weights of a layer, if it has any. They serve every batch and image size. */
export function packedOf({ node, input }: FusedLayer, sources: Sources): PackedWeights | undefined {
  const { op } = node;
  const [channels] = input;
  const identityOf = (spec: TensorSpec | undefined) => (spec ? sourceOf(sources, spec).identity : "none");
  const identitiesOf = ({ weight, bias }: LayerTensors) => `${identityOf(weight)}, ${identityOf(bias)}`;
  const valuesOf = ({ weight, bias }: LayerTensors) => ({
    weight: sourceOf(sources, weight).read(),
    bias: bias ? sourceOf(sources, bias).read() : new Float32Array(weight.shape[0] ?? 0),
  });
  switch (op.kind) {
    case "input":
    case "averagePool":
    case "maxPool2d":
      return undefined;
    case "depthwise": {
      const branches = op.branches.map((branch) => ({
        ...branch,
        place: { ...branch.channels, kernelSize: branch.kernelSize },
      }));
      const parts = branches.map((branch) => `${JSON.stringify(branch.place)} ${identitiesOf(branch)}`);
      return {
        identity: `depthwise ${channels} ${parts.join("; ")}`,
        pack: () => {
          const values = branches.map((branch) => ({ ...branch.place, ...valuesOf(branch) }));
          const { weights, bias, table } = packDepthwise(channels, values);
          return [weights, bias, table];
        },
      };
    }
    case "layerNorm":
      return {
        identity: `layerNorm ${identitiesOf(op)}`,
        pack: () => {
          const { weight, bias } = valuesOf(op);
          return [padChannels(weight, weight.length), padChannels(bias, bias.length)];
        },
      };
    case "matmul":
    case "conv2d": {
      const layerNorm = op.kind === "matmul" ? op.layerNorm : undefined;
      const norm = layerNorm ? identitiesOf(layerNorm) : "none";
      const sizes = { inputs: channels, outputs: node.output[0], area: areaOf(op) };
      return {
        identity: `matmul ${Object.values(sizes).join(" ")} ${identitiesOf(op)} after ${norm}`,
        pack: () => {
          const packed = packMatmul(
            { ...valuesOf(op), layerNorm: layerNorm ? valuesOf(layerNorm) : undefined },
            sizes,
          );
          return [packed.weights, packed.bias];
        },
      };
    }
    default:
      return op satisfies never;
  }
}
