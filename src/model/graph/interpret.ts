/**
 * @file Runs a graph on the CPU in double precision, as plain as it can be written: the reference for the passes. Slow;
 * for networks of a few channels.
 */
import { gelu } from "./gelu.ts";
import type { LayerGraph, LayerNode, Shape, Size2d, TensorRole } from "./types.ts";

type Tensors = ReadonlyMap<string, { readonly data: Float32Array }>;

/** A node's values for one image, channels first. */
interface Layer {
  readonly shape: Shape;
  readonly values: Float64Array;
}

/** Every node's values by id. `image` is `[C, H, W]`. */
export function interpret(
  { nodes }: LayerGraph,
  tensors: Tensors,
  image: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const layers = new Map<string, Layer>();
  for (const node of nodes) {
    const inputs = node.inputs.flatMap((id) => layers.get(id) ?? []);
    const values =
      node.op.kind === "input" ? Float64Array.from(image) : run(node, inputs, new Weights(node, tensors));
    layers.set(node.id, { shape: node.output, values });
  }
  return new Map([...layers].map(([id, { values }]) => [id, values]));
}

class Weights {
  readonly #node: LayerNode;
  readonly #tensors: Tensors;

  constructor(node: LayerNode, tensors: Tensors) {
    this.#node = node;
    this.#tensors = tensors;
  }

  /** A value of the tensor; 0 where the layer has no such tensor. */
  at(role: TensorRole, index: number): number {
    const key = this.#node.tensors.find((spec) => spec.role === role)?.key;
    return (key === undefined ? undefined : this.#tensors.get(key)?.data[index]) ?? 0;
  }
}

function run(node: LayerNode, inputs: readonly Layer[], weights: Weights): Float64Array {
  const { op, output } = node;
  const [x = { shape: [0], values: new Float64Array() }, second] = inputs;
  const affine = (value: number, channel: number) =>
    value * weights.at("weight", channel) + weights.at("bias", channel);

  switch (op.kind) {
    case "input":
      return x.values;
    case "conv2d":
      return convolution(x, output, op, weights);
    case "linear":
      return convolution(x, output, { kernelSize: [1, 1], stride: 1, padding: [0, 0] }, weights);
    case "depthwiseConv2d": {
      const padding = sameSize(op.kernelSize);
      const { start } = op.channels;
      return convolution(x, output, { kernelSize: op.kernelSize, stride: 1, padding, start }, weights);
    }
    case "channels":
      return fill(output, (channel, row, column) => pixel(x, op.channels.start + channel, row, column));
    case "concat":
      return Float64Array.from(inputs.flatMap(({ values }) => [...values]));
    case "batchNorm":
      return fill(output, (channel, row, column) => {
        const variance = weights.at("runningVar", channel) + op.epsilon;
        const centred = pixel(x, channel, row, column) - weights.at("runningMean", channel);
        return affine(centred / Math.sqrt(variance), channel);
      });
    case "layerNorm":
      return fill(output, (channel, row, column) => {
        const values = range(output[0]).map((c) => pixel(x, c, row, column));
        const mean = average(values);
        const variance = average(values.map((value) => (value - mean) ** 2));
        return affine(((values[channel] ?? 0) - mean) / Math.sqrt(variance + op.epsilon), channel);
      });
    case "gelu":
      return x.values.map(gelu);
    case "relu":
      return x.values.map((value) => Math.max(value, 0));
    case "scale":
      return fill(output, (c, row, column) => pixel(x, c, row, column) * weights.at("gamma", c));
    case "add":
      return x.values.map((value, index) => value + (second?.values[index] ?? 0));
    case "subtract":
      return x.values.map((value, index) => value - (second?.values[index] ?? 0));
    case "averagePool2d":
      return fill(output, (channel, row, column) => {
        const taps = window(op.kernelSize, 1, sameSize(op.kernelSize), row, column);
        return average(taps.filter((tap) => isInside(x.shape, tap)).map(([r, q]) => pixel(x, channel, r, q)));
      });
    case "globalAveragePool": {
      const area = x.values.length / output[0];
      return fill(output, (c) => average([...x.values.subarray(c * area, (c + 1) * area)]));
    }
    case "maxPool2d":
      return fill(output, (channel, row, column) => {
        const taps = window(op.kernelSize, op.stride, op.padding, row, column);
        return Math.max(...taps.map(([r, q]) => pixel(x, channel, r, q, Number.NEGATIVE_INFINITY)));
      });
    default:
      return op satisfies never;
  }
}

/** Dense, or, with the first channel that it convolves given as `start`, depthwise. */
function convolution(
  x: Layer,
  output: Shape,
  {
    kernelSize,
    stride,
    padding,
    start,
  }: { kernelSize: Size2d; stride: number; padding: Size2d; start?: number },
  weights: Weights,
): Float64Array {
  const inputs = start === undefined ? x.shape[0] : 1;
  return fill(output, (channel, row, column) => {
    const taps = window(kernelSize, stride, padding, row, column);
    let sum = weights.at("bias", channel);
    for (const input of range(inputs)) {
      for (const [tap, [r, q]] of taps.entries()) {
        const value = pixel(x, start === undefined ? input : start + channel, r, q);
        sum += value * weights.at("weight", (channel * inputs + input) * taps.length + tap);
      }
    }
    return sum;
  });
}

/** Places that a kernel covers when it computes the output at `row`, `column`; some may lie outside of the input. */
function window(
  [rows, columns]: Size2d,
  stride: number,
  [top, left]: Size2d,
  row: number,
  column: number,
): Size2d[] {
  return range(rows).flatMap((r) =>
    range(columns).map((q): Size2d => [row * stride + r - top, column * stride + q - left]),
  );
}

function pixel({ shape, values }: Layer, channel: number, row: number, column: number, outside = 0): number {
  const [, height = 1, width = 1] = shape;
  if (!isInside(shape, [row, column])) return outside;
  return values[(channel * height + row) * width + column] ?? 0;
}

function isInside([, height = 1, width = 1]: Shape, [row, column]: Size2d): boolean {
  return row >= 0 && column >= 0 && row < height && column < width;
}

/** The padding with which an odd kernel keeps the size. */
function sameSize([rows, columns]: Size2d): Size2d {
  return [(rows - 1) / 2, (columns - 1) / 2];
}

function fill(shape: Shape, value: (channel: number, row: number, column: number) => number): Float64Array {
  const [channels, height = 1, width = 1] = shape;
  return Float64Array.from({ length: channels * height * width }, (_, index) => {
    const at = index % (height * width);
    return value(Math.floor(index / (height * width)), Math.floor(at / width), at % width);
  });
}

const range = (length: number) => Array.from({ length }, (_, index) => index);
const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
