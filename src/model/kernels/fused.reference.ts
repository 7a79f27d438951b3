/** @file Runs a fused graph with the kernels' CPU references. */
import type { FusedGraph, FusedNode, LayerTensors } from "../graph/passes/fused.ts";
import type { TensorSpec } from "../graph/types.ts";
import { convolutionReference, maxPoolReference } from "./convolution.reference.ts";
import { depthwiseReference } from "./depthwise.reference.ts";
import type { DepthwiseSizes } from "./depthwise.ts";
import { averagePoolReference, layerNormReference } from "./head.reference.ts";
import { matmulReference } from "./matmul.reference.ts";

type Tensors = ReadonlyMap<string, { readonly data: Float32Array }>;

/** Every node's values for one image. `image` and all values are `[H, W, C]`, not padded. */
export function fusedReference(
  { nodes }: FusedGraph,
  tensors: Tensors,
  image: Float32Array,
): ReadonlyMap<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  const shapes = new Map(nodes.map(({ id, output }) => [id, output]));
  for (const node of nodes) {
    const inputs = node.inputs.map((id) => values.get(id) ?? new Float32Array());
    const [channels = 0, height = 1, width = 1] = shapes.get(node.inputs[0] ?? "") ?? [];
    const sizes = { batch: 1, height, width, channels };
    values.set(node.id, node.op.kind === "input" ? image : run(node, inputs, sizes, tensors));
  }
  return values;
}

function run(
  { op, output }: FusedNode,
  [x = new Float32Array(), residual]: readonly Float32Array[],
  sizes: DepthwiseSizes,
  tensors: Tensors,
): Float32Array {
  const read = ({ key }: TensorSpec) => tensors.get(key)?.data ?? new Float32Array();
  const layer = ({ weight, bias }: LayerTensors) => ({
    weight: read(weight),
    bias: bias ? read(bias) : new Float32Array(),
  });
  switch (op.kind) {
    case "input":
      return x;
    case "depthwise":
      return depthwiseReference(
        x,
        sizes,
        op.branches.map((branch) => ({
          ...branch.channels,
          kernelSize: branch.kernelSize,
          ...layer(branch),
        })),
      );
    case "layerNorm": {
      const { weight, bias } = layer(op);
      return layerNormReference(x, weight, bias, op.epsilon);
    }
    case "averagePool":
      return averagePoolReference(x, sizes.height * sizes.width, sizes.channels);
    case "maxPool2d":
      return maxPoolReference(x, { ...op, ...sizes }, sizes.channels);
    case "conv2d": {
      const convolved = { ...op, ...sizes, inputs: sizes.channels, outputs: output[0] };
      return convolutionReference(x, layer(op), op, convolved, residual);
    }
    case "matmul": {
      const { patch, gelu, relu, layerNorm } = op;
      return matmulReference(
        x,
        {
          ...layer(op),
          layerNorm: layerNorm && layer(layerNorm),
        },
        { gelu, relu, residual: op.residual, layerNorm: layerNorm !== undefined },
        { ...sizes, inputs: sizes.channels, outputs: output[0], patch, epsilon: layerNorm?.epsilon ?? 0 },
        residual,
      );
    }
    default:
      return op satisfies never;
  }
}
