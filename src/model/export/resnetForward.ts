/** @file Runs the operations of a ResNet in plain loops, to compare its export with: for tests only. */
import type { LayerGraph, LayerNode, Op, Shape } from "../graph/types.ts";
import type { TensorMap } from "../weights/tensorMap.ts";

interface Value {
  readonly data: Float32Array;
  readonly shape: Shape;
}

/** Output of the graph for one image `[C, H, W]`. @throws Error for an operation that a ResNet does not have. */
export function resnetForward(graph: LayerGraph, weights: TensorMap, image: Float32Array): Float32Array {
  const values = new Map<string, Value>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.flatMap((id) => values.get(id) ?? []);
    const tensors = node.tensors.flatMap(({ key }) => weights.get(key)?.data ?? []);
    values.set(node.id, { data: run(node, inputs, tensors, image), shape: node.output });
  }
  return values.get(graph.output)?.data ?? empty;
}

const empty = new Float32Array();

/** `tensors` as the graph orders them: weight, bias, running mean, running variance. */
function run(
  { op, output }: LayerNode,
  [x = { data: empty, shape: [0] }, other = x]: readonly Value[],
  [weight = empty, bias = empty, mean = empty, variance = empty]: readonly Float32Array[],
  image: Float32Array,
): Float32Array {
  const pixels = x.data.length / x.shape[0];
  switch (op.kind) {
    case "input":
      return image;
    case "conv2d":
      return conv2d(x, output, op, weight);
    case "maxPool2d":
      return maxPool2d(x, output, op);
    case "batchNorm":
      return x.data.map((value, i) => {
        const c = Math.floor(i / pixels);
        const scale = at(weight, c) / Math.sqrt(at(variance, c) + op.epsilon);
        return (value - at(mean, c)) * scale + at(bias, c);
      });
    case "relu":
      return x.data.map((value) => Math.max(value, 0));
    case "add":
      return x.data.map((value, i) => value + at(other.data, i));
    case "globalAveragePool":
      return Float32Array.from({ length: x.shape[0] }, (_, c) => {
        return x.data.subarray(c * pixels, (c + 1) * pixels).reduce((sum, value) => sum + value, 0) / pixels;
      });
    case "linear":
      return bias.map((start, o) =>
        x.data.reduce((sum, value, i) => sum + value * at(weight, o * x.data.length + i), start),
      );
    default:
      throw new Error(`${op.kind} is not part of a ResNet.`);
  }
}

type Window = Op & { readonly kind: "conv2d" | "maxPool2d" };

function conv2d(
  { data, shape: [channels, height = 1, width = 1] }: Value,
  output: Shape,
  op: Window,
  weight: Float32Array,
): Float32Array {
  const [kh, kw] = op.kernelSize;
  return windowed(output, op, (o, top, left) => {
    let sum = 0;
    for (let y = Math.max(top, 0); y < Math.min(top + kh, height); y++) {
      for (let x = Math.max(left, 0); x < Math.min(left + kw, width); x++) {
        const pixel = y * width + x;
        const tap = o * channels * kh * kw + (y - top) * kw + x - left;
        for (let c = 0; c < channels; c++) {
          sum += at(data, c * height * width + pixel) * at(weight, c * kh * kw + tap);
        }
      }
    }
    return sum;
  });
}

function maxPool2d(
  { data, shape: [, height = 1, width = 1] }: Value,
  output: Shape,
  op: Window,
): Float32Array {
  const [kh, kw] = op.kernelSize;
  return windowed(output, op, (c, top, left) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let y = Math.max(top, 0); y < Math.min(top + kh, height); y++) {
      for (let x = Math.max(left, 0); x < Math.min(left + kw, width); x++) {
        largest = Math.max(largest, at(data, (c * height + y) * width + x));
      }
    }
    return largest;
  });
}

/** `value` of every output channel and pixel, given where its window begins, which may be outside the map. */
function windowed(
  [channels, height = 1, width = 1]: Shape,
  { stride, padding: [ph, pw] }: Window,
  value: (channel: number, top: number, left: number) => number,
): Float32Array {
  const result = new Float32Array(channels * height * width);
  for (let c = 0, i = 0; c < channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) result[i++] = value(c, y * stride - ph, x * stride - pw);
    }
  }
  return result;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN;
}
