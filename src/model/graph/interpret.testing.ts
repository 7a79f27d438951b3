/**
 * @file Runs a graph on the CPU in double precision, in loops as plain as they can be written: what tests hold everything
 * that runs, rewrites or exports a graph against.
 */
import { gelu } from "./gelu.ts";
import type { LayerGraph, LayerNode, Op, Shape, Size2d, TensorRole } from "./types.ts";

type Tensors = ReadonlyMap<string, { readonly data: Float32Array }>;

/** A node's values for one image, channels first. */
interface Layer {
  readonly shape: Shape;
  readonly values: Float64Array;
}

/** What the graph gives for one image `[C, H, W]`. @throws Error naming a tensor that is missing */
export function logitsOf(graph: LayerGraph, tensors: Tensors, image: ArrayLike<number>): Float64Array {
  return interpret(graph, tensors, image).get(graph.output) ?? new Float64Array();
}

/** Every node's values by id. @throws Error naming a tensor that is missing */
export function interpret(
  { nodes }: LayerGraph,
  tensors: Tensors,
  image: ArrayLike<number>,
): ReadonlyMap<string, Float64Array> {
  const layers = new Map<string, Layer>();
  for (const node of nodes) {
    const inputs = node.inputs.flatMap((id) => layers.get(id) ?? []);
    const values =
      node.op.kind === "input" ? Float64Array.from(image) : run(node, inputs, weightsOf(node, tensors));
    layers.set(node.id, { shape: node.output, values });
  }
  return new Map([...layers].map(([id, { values }]) => [id, values]));
}

/** The layer's tensors; a role that it has no tensor of gives nothing. */
type Weights = (role: TensorRole) => Float32Array;

function weightsOf({ id, tensors: specs }: LayerNode, tensors: Tensors): Weights {
  return (role) => {
    const key = specs.find((spec) => spec.role === role)?.key;
    if (key === undefined) return none;
    const tensor = tensors.get(key);
    if (!tensor) throw new Error(`Layer ${id} has no tensor ${key}.`);
    return tensor.data;
  };
}

function run({ op, output }: LayerNode, inputs: readonly Layer[], weights: Weights): Float64Array {
  const [x = empty, second = empty] = inputs;
  const area = areaOf(output);
  const channelOf = (index: number) => Math.floor(index / area);
  switch (op.kind) {
    case "input":
      return x.values;
    case "conv2d":
      return convolution(x, output, op, weights);
    case "linear":
      return convolution(x, output, { kernelSize: [1, 1], stride: 1, padding: [0, 0] }, weights);
    case "depthwiseConv2d":
      return depthwise(x, output, op, weights);
    case "channels": {
      const { start, count } = op.channels;
      return x.values.slice(start * area, (start + count) * area);
    }
    case "concat":
      return Float64Array.from(inputs.flatMap(({ values }) => [...values]));
    case "batchNorm": {
      const [mean, variance] = [weights("runningMean"), weights("runningVar")];
      const [weight, bias] = [weights("weight"), weights("bias")];
      return x.values.map((value, index) => {
        const c = channelOf(index);
        const normed = (value - at(mean, c)) / Math.sqrt(at(variance, c) + op.epsilon);
        return normed * at(weight, c) + at(bias, c);
      });
    }
    case "layerNorm":
      return layerNorm(x, op.epsilon, weights("weight"), weights("bias"));
    case "gelu":
      return x.values.map(gelu);
    case "relu":
      return x.values.map((value) => Math.max(value, 0));
    case "scale": {
      const gamma = weights("gamma");
      return x.values.map((value, index) => value * at(gamma, channelOf(index)));
    }
    case "add":
      return x.values.map((value, index) => value + at(second.values, index));
    case "subtract":
      return x.values.map((value, index) => value - at(second.values, index));
    case "globalAveragePool": {
      const pixels = areaOf(x.shape);
      return Float64Array.from({ length: output[0] }, (_, c) => average(channel(x, c, pixels)));
    }
    case "averagePool2d":
      return pooled(x, output, { ...op, stride: 1, padding: sameSize(op.kernelSize) }, average);
    case "maxPool2d":
      return pooled(x, output, op, (values) => Math.max(...values));
    default:
      return op satisfies never;
  }
}

type Window = Pick<Op & { readonly kind: "conv2d" }, "kernelSize" | "stride" | "padding">;

function convolution(x: Layer, output: Shape, window: Window, weights: Weights): Float64Array {
  const [weight, bias] = [weights("weight"), weights("bias")];
  const [inputs, area] = [x.shape[0], areaOf(x.shape)];
  const taps = window.kernelSize[0] * window.kernelSize[1];
  return windowed(x.shape, output, window, (channel, places) => {
    let sum = bias[channel] ?? 0;
    for (let input = 0; input < inputs; input++) {
      const [from, first] = [input * area, (channel * inputs + input) * taps];
      for (const { pixel, tap } of places) sum += at(x.values, from + pixel) * at(weight, first + tap);
    }
    return sum;
  });
}

function depthwise(
  x: Layer,
  output: Shape,
  { kernelSize, channels }: Op & { readonly kind: "depthwiseConv2d" },
  weights: Weights,
): Float64Array {
  const [weight, bias] = [weights("weight"), weights("bias")];
  const area = areaOf(x.shape);
  const taps = kernelSize[0] * kernelSize[1];
  const window = { kernelSize, stride: 1, padding: sameSize(kernelSize) };
  return windowed(x.shape, output, window, (channel, places) => {
    let sum = bias[channel] ?? 0;
    for (const { pixel, tap } of places) {
      sum += at(x.values, (channels.start + channel) * area + pixel) * at(weight, channel * taps + tap);
    }
    return sum;
  });
}

/** `value` of the values under each window that lie on the map. */
function pooled(
  x: Layer,
  output: Shape,
  window: Window,
  value: (values: readonly number[]) => number,
): Float64Array {
  const area = areaOf(x.shape);
  return windowed(x.shape, output, window, (channel, places) =>
    value(places.map(({ pixel }) => at(x.values, channel * area + pixel))),
  );
}

function layerNorm(
  { shape, values }: Layer,
  epsilon: number,
  weight: Float32Array,
  bias: Float32Array,
): Float64Array {
  const area = areaOf(shape);
  const result = new Float64Array(values.length);
  for (let pixel = 0; pixel < area; pixel++) {
    const features = Array.from({ length: shape[0] }, (_, c) => at(values, c * area + pixel));
    const mean = average(features);
    const variance = average(features.map((value) => (value - mean) ** 2));
    for (const [c, value] of features.entries()) {
      const normed = (value - mean) / Math.sqrt(variance + epsilon);
      result[c * area + pixel] = normed * at(weight, c) + at(bias, c);
    }
  }
  return result;
}

interface Place {
  /** Of a channel of the input. */
  readonly pixel: number;
  /** Of a channel of the kernel. */
  readonly tap: number;
}

/** `value` of every channel and pixel of the output, given the places of the kernel that lie on the map. */
function windowed(
  [, height = 1, width = 1]: Shape,
  [channels, outHeight = 1, outWidth = 1]: Shape,
  { kernelSize: [rows, columns], stride, padding: [above, left] }: Window,
  value: (channel: number, places: readonly Place[]) => number,
): Float64Array {
  const area = outHeight * outWidth;
  const result = new Float64Array(channels * area);
  for (let index = 0; index < area; index++) {
    const top = Math.floor(index / outWidth) * stride - above;
    const start = (index % outWidth) * stride - left;
    const places: Place[] = [];
    for (let tap = 0; tap < rows * columns; tap++) {
      const [y, x] = [top + Math.floor(tap / columns), start + (tap % columns)];
      if (y >= 0 && y < height && x >= 0 && x < width) places.push({ pixel: y * width + x, tap });
    }
    for (let channel = 0; channel < channels; channel++)
      result[channel * area + index] = value(channel, places);
  }
  return result;
}

const none = new Float32Array();
const empty: Layer = { shape: [0], values: new Float64Array() };

/** The padding with which an odd kernel keeps the size. */
const sameSize = ([rows, columns]: Size2d): Size2d => [(rows - 1) / 2, (columns - 1) / 2];

const areaOf = ([, height = 1, width = 1]: Shape) => height * width;

const channel = ({ values }: Layer, c: number, area: number) => [
  ...values.subarray(c * area, (c + 1) * area),
];

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const at = (values: Float32Array | Float64Array, index: number) => values[index] ?? Number.NaN;
