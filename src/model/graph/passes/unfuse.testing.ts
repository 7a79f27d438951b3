/** @file Writes a fused graph out in layers again, so that tests can run it as they run any graph. */
import type { ChannelRange, LayerGraph, LayerNode, Op, Shape, TensorRole, TensorSpec } from "../types.ts";
import type { Affine } from "./fold.ts";
import type { Finish, FusedGraph, FusedNode, FusedOp, LayerTensors } from "./fused.ts";

/** A graph of the same values under the same ids, and of values between under names below them. */
export function unfuse({ nodes, output }: FusedGraph): LayerGraph {
  const shapes = new Map(nodes.map((node) => [node.id, node.output]));
  return { nodes: nodes.flatMap((node) => layersOf(node, shapes)), groups: [], output };
}

/** A layer as it is described here: its name and shape follow. */
interface Layer {
  readonly op: Op;
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly tensors?: readonly TensorSpec[];
}

/** What the operation does, one layer after the other; the last one has its id. */
function layersOf(
  { id, op, inputs, output }: FusedNode,
  shapes: ReadonlyMap<string, Shape>,
): readonly LayerNode[] {
  const nodes: LayerNode[] = [];
  const [x = "", second = ""] = inputs;
  const add = ({ tensors = [], ...layer }: Layer): string => {
    const name = `${id}/${nodes.length}`;
    nodes.push({ ...layer, id: name, tensors, group: "all" });
    return name;
  };
  switch (op.kind) {
    case "input":
    case "maxPool2d":
    case "gelu":
    case "relu":
    case "add":
    case "subtract":
      add({ op, inputs, output });
      break;
    case "averagePool":
      add({ op: { kind: "globalAveragePool" }, inputs, output });
      break;
    case "layerNorm":
      add({ op, inputs, output, tensors: tensorsOf(op) });
      break;
    case "affine":
      add({ ...affineLayer(op.affine, output[0]), inputs, output });
      break;
    case "averagePool2d": {
      const pooled = add({ op, inputs: [x], output });
      if (op.subtracts) add({ op: { kind: "subtract" }, inputs: [pooled, second], output });
      break;
    }
    case "matmul":
    case "conv2d": {
      let y = x;
      if (op.kind === "matmul" && op.layerNorm) {
        const { epsilon } = op.layerNorm;
        const norm = { op: { kind: "layerNorm", epsilon }, tensors: tensorsOf(op.layerNorm) } as const;
        y = add({ ...norm, inputs: [y], output: shapes.get(x) ?? [0] });
      }
      y = add({ op: sumOf(op), inputs: [y], output, tensors: tensorsOf(op) });
      if (op.gelu) y = add({ op: { kind: "gelu" }, inputs: [y], output });
      if (op.residual) y = add({ op: { kind: "add" }, inputs: [y, second], output });
      if (op.relu) add({ op: { kind: "relu" }, inputs: [y], output });
      break;
    }
    case "depthwise": {
      const parts = partsOf(op).map(({ channels, branch }) => {
        const cut = { inputs: [x], output: withChannels(output, channels.count) };
        if (!branch) return add({ ...cut, op: { kind: "channels", channels } });
        const { kernelSize } = branch;
        return add({
          ...cut,
          op: { kind: "depthwiseConv2d", kernelSize, channels },
          tensors: tensorsOf(branch),
        });
      });
      add({ op: { kind: "concat" }, inputs: parts, output });
      break;
    }
    case "channels": {
      const parts = op.parts.map(({ input, channels }) => {
        const cut = { inputs: [inputs[input] ?? ""], output: withChannels(output, channels.count) };
        return add({ ...cut, op: { kind: "channels", channels } });
      });
      add({ op: { kind: "concat" }, inputs: parts, output });
      break;
    }
    default:
      op satisfies never;
  }
  return nodes.map((node, index) => (index === nodes.length - 1 ? { ...node, id } : node));
}

function sumOf(op: FusedOp & Finish & { readonly kind: "matmul" | "conv2d" }): Op {
  if (op.kind === "conv2d") return op;
  if (op.patch === 1) return { kind: "linear" };
  return { kind: "conv2d", kernelSize: [op.patch, op.patch], stride: op.patch, padding: [0, 0] };
}

type Depthwise = FusedOp & { readonly kind: "depthwise" };

interface Part {
  readonly channels: ChannelRange;
  readonly branch?: Depthwise["branches"][number];
}

/** The branches and what lies between them, in order. */
function partsOf({ channels, branches }: Depthwise): readonly Part[] {
  const parts: Part[] = [];
  let next = channels.start;
  const passTo = (end: number) => {
    if (end > next) parts.push({ channels: { start: next, count: end - next } });
  };
  for (const branch of branches.toSorted((a, b) => a.channels.start - b.channels.start)) {
    passTo(branch.channels.start);
    parts.push({ channels: branch.channels, branch });
    next = branch.channels.start + branch.channels.count;
  }
  passTo(channels.start + channels.count);
  return parts;
}

function affineLayer(affine: Affine, channels: number): Pick<Layer, "op" | "tensors"> {
  const spec = (role: TensorRole, key: string): TensorSpec => ({ key, role, shape: [channels] });
  if (affine.kind === "scale") return { op: { kind: "scale" }, tensors: [spec("gamma", affine.gamma)] };
  const { epsilon, weight, bias, runningMean, runningVar } = affine;
  return {
    op: { kind: "batchNorm", epsilon },
    tensors: [
      spec("weight", weight),
      spec("bias", bias),
      spec("runningMean", runningMean),
      spec("runningVar", runningVar),
    ],
  };
}

function tensorsOf({ weight, bias }: LayerTensors): readonly TensorSpec[] {
  return bias ? [weight, bias] : [weight];
}

function withChannels([, ...size]: Shape, channels: number): Shape {
  const [height, width] = size;
  return height === undefined || width === undefined ? [channels] : [channels, height, width];
}
