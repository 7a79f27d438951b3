/**
 * @file Runs a LayerGraph in plain loops, for tests: slow, but short enough to be seen to be right.
 */
import type { LayerGraph, LayerNode, Shape, TensorRole } from "../graph/types.ts";
import type { TensorMap } from "./tensorMap.ts";

/**
 * Output of the graph for one image `[C, H, W]`.
 * @throws Error for a missing tensor, or an operation of ResNet only.
 */
export function referenceForward(graph: LayerGraph, tensors: TensorMap, image: Float32Array): Float32Array {
  const outputs = new Map<string, { data: Float32Array; shape: Shape }>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map(
      (id) => outputs.get(id) ?? fail(`${node.id} reads ${id} before it is there.`),
    );
    const tensor = (role: TensorRole) => {
      const spec = node.tensors.find((candidate) => candidate.role === role);
      return tensors.get(spec?.key ?? "")?.data ?? fail(`${node.id} has no ${role}.`);
    };
    const [first] = inputs;
    const data = first
      ? run(
          node,
          first.data,
          first.shape,
          inputs.map((input) => input.data),
          tensor,
        )
      : image;
    outputs.set(node.id, { data, shape: node.output });
  }
  return outputs.get(graph.output)?.data ?? fail("The graph has no output.");
}

function run(
  { id, op, output }: LayerNode,
  x: Float32Array,
  shape: Shape,
  inputs: readonly Float32Array[],
  tensor: (role: TensorRole) => Float32Array,
): Float32Array {
  const channels = shape[0];
  const pixels = x.length / channels;
  switch (op.kind) {
    case "conv2d":
      return conv2d(x, shape, output, op.kernelSize, op.stride, tensor("weight"), tensor("bias"));
    case "depthwiseConv2d": {
      const stretch = x.subarray(
        op.channels.start * pixels,
        (op.channels.start + op.channels.count) * pixels,
      );
      return depthwise(stretch, output, op.kernelSize, tensor("weight"), tensor("bias"));
    }
    case "channels":
      return x.slice(op.channels.start * pixels, (op.channels.start + op.channels.count) * pixels);
    case "concat":
      return Float32Array.from(inputs.flatMap((input) => [...input]));
    case "batchNorm": {
      const [mean, variance] = [tensor("runningMean"), tensor("runningVar")];
      const [weight, bias] = [tensor("weight"), tensor("bias")];
      return x.map((value, i) => {
        const c = Math.floor(i / pixels);
        return (
          ((value - at(mean, c)) / Math.sqrt(at(variance, c) + op.epsilon)) * at(weight, c) + at(bias, c)
        );
      });
    }
    case "layerNorm":
      return layerNorm(x, channels, pixels, op.epsilon, tensor("weight"), tensor("bias"));
    case "linear":
      return linear(x, channels, pixels, output[0], tensor("weight"), tensor("bias"));
    case "gelu":
      return x.map((value) => 0.5 * value * (1 + erf(value / Math.SQRT2)));
    case "scale": {
      const gamma = tensor("gamma");
      return x.map((value, i) => value * at(gamma, Math.floor(i / pixels)));
    }
    case "add":
      return x.map((value, i) => value + at(inputs[1] ?? x, i));
    case "globalAveragePool":
      return Float32Array.from({ length: channels }, (_, c) => {
        return x.subarray(c * pixels, (c + 1) * pixels).reduce((sum, value) => sum + value, 0) / pixels;
      });
    case "input":
    case "relu":
    case "maxPool2d":
    case "subtract":
    case "averagePool2d":
      return fail(`${id}: ${op.kind} is not part of these networks.`);
    default:
      return op satisfies never;
  }
}

/** Without padding. */
function conv2d(
  x: Float32Array,
  [inputs, height = 1, width = 1]: Shape,
  [outputs, outHeight = 1, outWidth = 1]: Shape,
  [kernelHeight, kernelWidth]: readonly [number, number],
  stride: number,
  weight: Float32Array,
  bias: Float32Array,
): Float32Array {
  const result = new Float32Array(outputs * outHeight * outWidth);
  for (let i = 0; i < result.length; i++) {
    const column = i % outWidth;
    const row = Math.floor(i / outWidth) % outHeight;
    const channel = Math.floor(i / outWidth / outHeight);
    let sum = at(bias, channel);
    for (let c = 0; c < inputs; c++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          const value = at(x, (c * height + row * stride + ky) * width + column * stride + kx);
          sum += value * at(weight, ((channel * inputs + c) * kernelHeight + ky) * kernelWidth + kx);
        }
      }
    }
    result[i] = sum;
  }
  return result;
}

/** Zero-padded to keep the size. */
function depthwise(
  x: Float32Array,
  [channels, height = 1, width = 1]: Shape,
  [kernelHeight, kernelWidth]: readonly [number, number],
  weight: Float32Array,
  bias: Float32Array,
): Float32Array {
  return Float32Array.from({ length: channels * height * width }, (_, i) => {
    const [column, row] = [i % width, Math.floor(i / width) % height];
    const channel = Math.floor(i / width / height);
    let sum = at(bias, channel);
    for (let ky = 0; ky < kernelHeight; ky++) {
      const y = row + ky - (kernelHeight - 1) / 2;
      for (let kx = 0; y >= 0 && y < height && kx < kernelWidth; kx++) {
        const from = column + kx - (kernelWidth - 1) / 2;
        if (from < 0 || from >= width) continue;
        sum +=
          at(x, (channel * height + y) * width + from) *
          at(weight, (channel * kernelHeight + ky) * kernelWidth + kx);
      }
    }
    return sum;
  });
}

function layerNorm(
  x: Float32Array,
  channels: number,
  pixels: number,
  epsilon: number,
  weight: Float32Array,
  bias: Float32Array,
): Float32Array {
  const result = new Float32Array(x.length);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const values = Array.from({ length: channels }, (_, c) => at(x, c * pixels + pixel));
    const mean = values.reduce((sum, value) => sum + value, 0) / channels;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels;
    for (const [c, value] of values.entries()) {
      result[c * pixels + pixel] =
        ((value - mean) / Math.sqrt(variance + epsilon)) * at(weight, c) + at(bias, c);
    }
  }
  return result;
}

function linear(
  x: Float32Array,
  inputs: number,
  pixels: number,
  outputs: number,
  weight: Float32Array,
  bias: Float32Array,
): Float32Array {
  return Float32Array.from({ length: outputs * pixels }, (_, i) => {
    const [output, pixel] = [Math.floor(i / pixels), i % pixels];
    let sum = at(bias, output);
    for (let c = 0; c < inputs; c++) sum += at(x, c * pixels + pixel) * at(weight, output * inputs + c);
    return sum;
  });
}

/** Error function by its Maclaurin series up to 3, by the continued fraction of its complement beyond; double precision. */
function erf(x: number): number {
  const z = Math.abs(x);
  if (z > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (z + fraction);
    return Math.sign(x) * (1 - Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction));
  }
  let term = x;
  let sum = x;
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? Number.NaN;
}

function fail(why: string): never {
  throw new Error(why);
}
