/** @file What each operation of the LayerGraph is in ONNX. Maps are `[N, C, H, W]`, vectors `[N, C]`. */
import type { LayerNode, Shape, Size2d, TensorRole, TensorSpec } from "../graph/types.ts";
import type { Attribute, OnnxNode } from "./onnxMessages.ts";

/** The operator set: the first with an exact Gelu of one node (by erf, where older sets take five). */
export const opset = 20;

/** Names of the values that a layer reads and gives. */
interface Values {
  readonly inputs: readonly string[];
  readonly output: string;
}

/**
 * The ONNX nodes of one layer. The node that computes has the layer's id as its name; those that only arrange its input
 * or output are named below it.
 */
export function layerNodes(layer: LayerNode, { inputs, output }: Values): readonly OnnxNode[] {
  const { id, op } = layer;
  /** The layer as one node that also reads the tensors of these roles. */
  const one = (
    opType: string,
    roles: readonly TensorRole[] = [],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly OnnxNode[] => [
    { name: id, opType, inputs: [...inputs, ...keysOf(layer, roles)], outputs: [output], attributes },
  ];
  switch (op.kind) {
    case "input":
      return [];
    case "conv2d":
      return one("Conv", ["weight", "bias"], windowOf(op));
    case "depthwiseConv2d": {
      const window = sameSizeWindow(op.kernelSize);
      return one("Conv", ["weight", "bias"], { ...window, group: op.channels.count });
    }
    case "channels":
      // The cut itself is made once for all that read parts of one map.
      return one("Identity");
    case "concat":
      return one("Concat", [], { axis: 1 });
    case "batchNorm":
      return one("BatchNormalization", ["weight", "bias", "runningMean", "runningVar"], {
        epsilon: { float: op.epsilon },
      });
    case "layerNorm":
      return isMap(layer.output)
        ? layerNormOfMap(layer, op.epsilon, { inputs, output })
        : one("LayerNormalization", ["weight", "bias"], { axis: 1, epsilon: { float: op.epsilon } });
    case "linear":
      return isMap(layer.output)
        ? one("Conv", ["weight", "bias"], windowOf({ kernelSize: [1, 1], stride: 1, padding: [0, 0] }))
        : one("Gemm", ["weight", "bias"], { transB: 1 });
    case "gelu":
      return one("Gelu");
    case "relu":
      return one("Relu");
    case "scale":
      return one("Mul", ["gamma"]);
    case "add":
      return one("Add");
    case "subtract":
      return one("Sub");
    case "averagePool2d":
      return one("AveragePool", [], { ...sameSizeWindow(op.kernelSize), count_include_pad: 0 });
    case "globalAveragePool": {
      const pooled = `${output}/4d`;
      return [
        { name: id, opType: "GlobalAveragePool", inputs, outputs: [pooled] },
        { name: `${id}/flatten`, opType: "Flatten", inputs: [pooled], outputs: [output] },
      ];
    }
    case "maxPool2d":
      return one("MaxPool", [], windowOf(op));
    default:
      return op satisfies never;
  }
}

/** Shape of a tensor's values where its layer reads them; the values and their order are the state_dict's. */
export function initialiserShape({ op, output }: LayerNode, { role, shape }: TensorSpec): readonly number[] {
  const [first = 0, second = 0] = shape;
  const pixel = isMap(output) ? [1, 1] : [];
  if (op.kind === "linear" && role === "weight") return [first, second, ...pixel];
  if (op.kind === "scale") return [first, ...pixel];
  return shape;
}

/**
 * LayerNormalization works on the last axes only. Transposed around rather than written out in means and roots:
 * runtimes that hold maps channels last, as ONNX Runtime does on WebGPU, take the transposes away again.
 */
function layerNormOfMap(layer: LayerNode, epsilon: number, { inputs, output }: Values): readonly OnnxNode[] {
  const before = `${output}/before_norm`;
  const after = `${output}/after_norm`;
  const [toLast, toFirst] = [{ perm: [0, 2, 3, 1] }, { perm: [0, 3, 1, 2] }] as const;
  return [
    {
      name: `${layer.id}/channels_last`,
      opType: "Transpose",
      inputs,
      outputs: [before],
      attributes: toLast,
    },
    {
      name: layer.id,
      opType: "LayerNormalization",
      inputs: [before, ...keysOf(layer, ["weight", "bias"])],
      outputs: [after],
      attributes: { axis: 3, epsilon: { float: epsilon } },
    },
    {
      name: `${layer.id}/channels_first`,
      opType: "Transpose",
      inputs: [after],
      outputs: [output],
      attributes: toFirst,
    },
  ];
}

/** Keys of the tensors that the layer has in these roles, in the order of the roles, which is that of ONNX's inputs. */
function keysOf({ tensors }: LayerNode, roles: readonly TensorRole[]): readonly string[] {
  return roles.flatMap((role) => tensors.filter((tensor) => tensor.role === role).map(({ key }) => key));
}

/** Of an odd kernel that keeps the size. */
function sameSizeWindow(kernelSize: Size2d): Readonly<Record<string, Attribute>> {
  const [height, width] = kernelSize;
  return windowOf({ kernelSize, stride: 1, padding: [(height - 1) / 2, (width - 1) / 2] });
}

function windowOf(window: {
  readonly kernelSize: readonly [number, number];
  readonly stride: number;
  readonly padding: readonly [number, number];
}): Readonly<Record<string, Attribute>> {
  const { kernelSize, stride, padding } = window;
  return { kernel_shape: kernelSize, strides: [stride, stride], pads: [...padding, ...padding] };
}

function isMap(shape: Shape): boolean {
  return shape.length === 3;
}
