/**
 * @file The network in TensorFlow.js's own operations, layer by layer: plain, and the reference for everything faster.
 *
 * Maps are `[N, H, W, C]`, vectors `[N, C]`.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LayerGraph, LayerNode, Op } from "../graph/types.ts";
import { EngineError } from "./errors.ts";
import { LayerWeights } from "./layerWeights.ts";
import type { Lease } from "./leases.ts";
import type { Plan, Step } from "./network.ts";
import type { Sources } from "./sources.ts";

/** Plans one step a node and uploads the weights it needs. */
export function planStock(graph: LayerGraph, weights: Sources, lease: Lease<tf.Tensor>): Plan {
  const input = graph.nodes.find((node) => node.op.kind === "input");
  if (!input) throw new EngineError("failed", "The graph has no input.");
  const steps = graph.nodes
    .filter((node) => node !== input)
    .map(
      (node): Step => ({
        id: node.id,
        inputs: node.inputs,
        run: layer(node, new LayerWeights(node, weights, lease)),
      }),
    );
  return { input: input.id, steps, output: graph.output };
}

function layer(node: LayerNode, weights: LayerWeights): Step["run"] {
  const { op } = node;
  switch (op.kind) {
    case "input":
      return one((x) => tf.clone(x));
    case "conv2d":
      return convolution(op, weights);
    case "depthwiseConv2d":
      return depthwise(op, weights);
    case "batchNorm": {
      const [mean, variance] = [weights.perChannel("runningMean"), weights.perChannel("runningVar")];
      const [offset, scale] = [weights.perChannel("bias"), weights.perChannel("weight")];
      return one((x) => tf.batchNorm(x, mean, variance, offset, scale, op.epsilon));
    }
    case "layerNorm":
      return layerNorm(op.epsilon, weights.broadcast("weight"), weights.broadcast("bias"));
    case "linear":
      return linear(weights);
    case "scale": {
      const gamma = weights.broadcast("gamma");
      return one((x) => tf.mul(x, gamma));
    }
    case "channels":
      return one((x) => channelsOf(x, op.channels));
    case "concat":
      return (inputs) => tf.concat([...inputs], -1);
    case "gelu":
    case "relu":
    case "add":
    case "subtract":
    case "globalAveragePool":
    case "averagePool2d":
    case "maxPool2d":
      return weightless(op);
    default:
      return op satisfies never;
  }
}

type WeightlessOp = Op & {
  readonly kind: "gelu" | "relu" | "add" | "subtract" | "globalAveragePool" | "averagePool2d" | "maxPool2d";
};

/** A layer that has nothing but its inputs. */
export function weightless(op: WeightlessOp): Step["run"] {
  switch (op.kind) {
    case "gelu":
      return one(gelu);
    case "relu":
      return one((x) => tf.relu(x));
    case "add":
      return two((a, b) => tf.add(a, b));
    case "subtract":
      return two((a, b) => tf.sub(a, b));
    case "globalAveragePool":
      return one((x) => tf.mean(x, [1, 2]));
    case "averagePool2d":
      return averagePool(op);
    case "maxPool2d":
      return maxPool(op);
    default:
      return op satisfies never;
  }
}

export function convolution(
  { stride, padding }: Pick<Op & { kind: "conv2d" }, "stride" | "padding">,
  weights: LayerWeights,
): Step["run"] {
  const filter = weights.filter();
  const bias = weights.optional("bias");
  const pad = explicit(padding);
  return one((x) =>
    tf.fused.conv2d({
      x: map(x),
      filter,
      strides: stride,
      pad,
      ...(bias ? { bias: bias as tf.Tensor1D } : {}),
    }),
  );
}

function maxPool({ kernelSize, stride, padding }: Op & { kind: "maxPool2d" }): Step["run"] {
  return one((x) => tf.maxPool(map(x), [...kernelSize], stride, explicit(padding)));
}

function averagePool({ kernelSize }: Op & { kind: "averagePool2d" }): Step["run"] {
  const [rows, columns] = kernelSize;
  // XNNPACK refuses to average one pixel.
  if (rows * columns === 1) return one((x) => tf.clone(x));
  return one((x) => tf.avgPool(map(x), [rows, columns], 1, "same"));
}

function depthwise({ channels }: Op & { kind: "depthwiseConv2d" }, weights: LayerWeights): Step["run"] {
  const filter = weights.depthwiseFilter();
  const bias = weights.perChannel("bias");
  return one((x) =>
    tf.fused.depthwiseConv2d({ x: map(channelsOf(x, channels)), filter, strides: 1, pad: "same", bias }),
  );
}

/** On a map it is the 1 x 1 convolution, so that all backends take their matrix product. */
export function linear(weights: LayerWeights): Step["run"] {
  const matrix = weights.matrix();
  const bias = weights.optional("bias");
  return one((x) => {
    const rows = tf.reshape(x, [-1, x.shape.at(-1) ?? 0]) as tf.Tensor2D;
    const product = tf.fused.matMul({ a: rows, b: matrix, ...(bias ? { bias } : {}) });
    return tf.reshape(product, [...x.shape.slice(0, -1), matrix.shape[1]]);
  });
}

function layerNorm(epsilon: number, weight: tf.Tensor, bias: tf.Tensor): Step["run"] {
  return one((x) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.square(centred), -1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), weight), bias);
  });
}

function gelu(x: tf.Tensor): tf.Tensor {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}

/** A stretch of the channels, as a tensor of its own. */
export function channelsOf(
  x: tf.Tensor,
  { start, count }: { readonly start: number; readonly count: number },
): tf.Tensor {
  if (count === x.shape.at(-1)) return tf.clone(x);
  return tf.slice(x, [0, 0, 0, start], [-1, -1, -1, count]);
}

const one =
  (run: (x: tf.Tensor) => tf.Tensor): Step["run"] =>
  ([x]) =>
    run(given(x));

const two =
  (run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Step["run"] =>
  ([a, b]) =>
    run(given(a), given(b));

function given(x: tf.Tensor | undefined): tf.Tensor {
  if (!x) throw new EngineError("failed", "A layer got too few inputs.");
  return x;
}

/** The graph knows which tensors are maps; TensorFlow.js's types want it said. */
function map(x: tf.Tensor): tf.Tensor4D {
  if (x.rank !== 4) throw new EngineError("failed", "A layer got a vector where it needs a feature map.");
  return x as tf.Tensor4D;
}

function explicit([height, width]: readonly [number, number]):
  | "valid"
  | [[0, 0], [number, number], [number, number], [0, 0]] {
  if (height === 0 && width === 0) return "valid";
  return [
    [0, 0],
    [height, height],
    [width, width],
    [0, 0],
  ];
}
