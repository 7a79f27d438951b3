/**
 * @file A fused graph on WebAssembly: this project's programs on TensorFlow.js's memory, and its operations for what they do
 * not cover.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { FusedGraph, FusedNode, LayerTensors } from "../graph/passes/fused.ts";
import { heapLayerNorm } from "../kernels/heapLayerNorm.ts";
import { packBranch } from "../kernels/simd/depthwise.ts";
import type { Heap } from "../kernels/simd/heap.ts";
import { packPanels } from "../kernels/simd/matmul.ts";
import { EngineError } from "./errors.ts";
import { LayerWeights } from "./layerWeights.ts";
import type { Lease } from "./leases.ts";
import type { Plan, Step } from "./network.ts";
import { affineIdentity, affineOfSources, type Sources, sourceOf } from "./sources.ts";
import { channelsOf, convolution, linear, weightless } from "./stock.ts";

interface Setting {
  readonly sources: Sources;
  readonly lease: Lease<tf.Tensor>;
  readonly heap: Heap;
}

/** Plans one step a fused operation and uploads the weights it needs. */
export function planHeap({ nodes, output }: FusedGraph, setting: Setting): Plan {
  const input = nodes.find(({ op }) => op.kind === "input");
  if (!input) throw new EngineError("failed", "The graph has no input.");
  const steps = nodes
    .filter((node) => node !== input)
    .map((node): Step => ({ id: node.id, inputs: node.inputs, run: runOf(node, setting) }));
  return { input: input.id, steps, output };
}

function runOf(node: FusedNode, setting: Setting): Step["run"] {
  const { op } = node;
  switch (op.kind) {
    case "input":
      return ([x]) => tf.clone(given(x));
    case "matmul":
    case "conv2d":
      return product(node, op, setting);
    case "depthwise":
      return depthwise(op, setting);
    case "layerNorm": {
      const norm = layerNorm(op, setting);
      return ([x]) => norm(given(x));
    }
    case "averagePool":
      return weightless({ kind: "globalAveragePool" });
    case "averagePool2d": {
      const pool = weightless(op);
      return op.subtracts ? ([x, other]) => tf.sub(pool([given(x)]), given(other)) : pool;
    }
    case "gelu":
      return ([x]) => {
        const y = setting.heap.compute(given(x), (values, result) => result.set(values));
        setting.heap.gelu(y);
        return y;
      };
    case "relu":
    case "add":
    case "subtract":
    case "maxPool2d":
      return weightless(op);
    case "affine":
      return affine(op, setting);
    case "channels":
      return (inputs) => {
        const parts = op.parts.map(({ input, channels }) => channelsOf(given(inputs[input]), channels));
        return tf.concat(parts, -1);
      };
    default:
      return op satisfies never;
  }
}

type OpOf<K extends FusedNode["op"]["kind"]> = Extract<FusedNode["op"], { readonly kind: K }>;

function product(node: FusedNode, op: OpOf<"matmul" | "conv2d">, setting: Setting): Step["run"] {
  const [outputs] = node.output;
  return op.kind === "matmul" && outputs % 4 === 0
    ? ownProduct(outputs, op, setting)
    : theirProduct(node, op, setting);
}

function ownProduct(outputs: number, op: OpOf<"matmul">, setting: Setting): Step["run"] {
  const { sources, lease, heap } = setting;
  const [weight, bias] = [sourceOf(sources, op.weight), op.bias && sourceOf(sources, op.bias)];
  const { patch } = op;
  const inputs = (op.weight.shape[1] ?? 0) * patch * patch;
  const panels = lease.get(`panels ${weight.identity}, ${bias?.identity ?? "none"}`, () => {
    const rows = pixelsFirst(weight.read(), patch * patch, inputs);
    return tf.keep(tf.tensor1d(packPanels({ weight: rows, bias: bias?.read() }, inputs, outputs)));
  });
  const norm = op.layerNorm && layerNorm(op.layerNorm, setting);
  return ([x, residual]) => {
    const epilogue = { gelu: op.gelu, residual: op.residual ? given(residual) : undefined };
    const image = norm ? norm(given(x)) : given(x);
    const rows = patch === 1 ? image : heap.patches(image as tf.Tensor4D, patch);
    const y = heap.multiply(rows, { inputs, outputs, panels }, epilogue);
    return op.relu ? tf.relu(y) : y;
  };
}

/** Of every output, PyTorch's `[channels, pixels]` as `[pixels, channels]`, the order of a patch in memory. */
function pixelsFirst(weight: Float32Array, pixels: number, inputs: number): Float32Array {
  if (pixels === 1) return weight;
  const channels = inputs / pixels;
  return weight.map((_, index) => {
    const [start, place] = [index - (index % inputs), index % inputs];
    return weight[start + (place % channels) * pixels + Math.floor(place / channels)] ?? 0;
  });
}

/** Convolutions, and outputs that are no multiple of four. */
function theirProduct(
  { id, output }: FusedNode,
  op: OpOf<"matmul" | "conv2d">,
  setting: Setting,
): Step["run"] {
  const { sources, lease, heap } = setting;
  const tensors = op.bias ? [op.weight, op.bias] : [op.weight];
  const weights = new LayerWeights({ id, tensors, output }, sources, lease);
  const norm = op.kind === "matmul" && op.layerNorm && layerNorm(op.layerNorm, setting);
  const multiply = multiplication(op, weights);
  return ([x, residual]) => {
    const y = multiply([norm ? norm(given(x)) : given(x)]);
    if (op.gelu) heap.gelu(y);
    const sum = op.residual ? tf.add(y, given(residual)) : y;
    return op.relu ? tf.relu(sum) : sum;
  };
}

function multiplication(op: OpOf<"matmul" | "conv2d">, weights: LayerWeights): Step["run"] {
  if (op.kind === "conv2d") return convolution(op, weights);
  return op.patch === 1 ? linear(weights) : convolution({ stride: op.patch, padding: [0, 0] }, weights);
}

function depthwise(op: OpOf<"depthwise">, { sources, lease, heap }: Setting): Step["run"] {
  const branches = op.branches
    .filter(({ channels }) => channels.count > 0)
    .map(({ channels, kernelSize, weight, bias }) => {
      const [w, b] = [sourceOf(sources, weight), bias && sourceOf(sources, bias)];
      const identity = `heap ${kernelSize.join("x")} ${w.identity}, ${b?.identity ?? "none"}`;
      const blocks = lease.get(identity, () => {
        const packed = packBranch({ ...channels, kernelSize, weight: w.read(), bias: b?.read() });
        return tf.keep(tf.tensor1d(packed));
      });
      return { start: channels.start - op.channels.start, count: channels.count, kernelSize, blocks };
    });
  return ([x]) => {
    const image = given(x);
    const isWhole = op.channels.count === image.shape.at(-1);
    return heap.depthwise((isWhole ? image : channelsOf(image, op.channels)) as tf.Tensor4D, branches);
  };
}

function affine({ affine }: OpOf<"affine">, { sources, lease }: Setting): Step["run"] {
  const identity = affineIdentity(affine, sources);
  const tensorOf = (part: "factor" | "offset") =>
    lease.get(`${part} of ${identity}`, () => tf.keep(tf.tensor1d(affineOfSources(affine, sources)[part])));
  const [factor, offset] = [tensorOf("factor"), tensorOf("offset")];
  return ([x]) => tf.add(tf.mul(given(x), factor), offset);
}

function layerNorm(
  { epsilon, weight, bias }: Required<LayerTensors> & { readonly epsilon: number },
  { sources, heap }: Setting,
): (x: tf.Tensor) => tf.Tensor {
  const norm = {
    epsilon,
    weight: sourceOf(sources, weight).read(),
    bias: sourceOf(sources, bias).read(),
  };
  return (x) => heap.compute(x, (values, result) => heapLayerNorm(values, result, norm));
}

function given(x: tf.Tensor | undefined): tf.Tensor {
  if (!x) throw new EngineError("failed", "A layer got too few inputs.");
  return x;
}
