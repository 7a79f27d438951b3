/** @file Writes a network as an ONNX file, so that other runtimes can run what is drawn and measured here. */
import type { Architecture } from "../architecture/schema.ts";
import type { LayerGraph, LayerNode } from "../graph/types.ts";
import { EngineError } from "../runtime/errors.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { type Initialiser, modelParts } from "./onnxMessages.ts";
import { inputName, nodesOf, outputName } from "./onnxNodes.ts";
import { initialiserShape, opset } from "./onnxOps.ts";
import { encode, sizeOf } from "./protobuf.ts";

export interface OnnxOptions {
  /** Images a run; any number with `dynamic`, the default. A fixed number lets a runtime plan ahead. */
  readonly batch?: number | "dynamic";
  /** Name of the graph. */
  readonly name?: string;
  /** Goes into the file's metadata, under `architecture`, as JSON. */
  readonly architecture?: Architecture;
}

/**
 * An ONNX file of the network: `input` `[N, C, H, W]`, normalised, to `logits` `[N, classes]`, float32.
 * Nodes have the ids of the graph's layers, initialisers the state_dict keys and values of `weights`.
 * @throws EngineError `weights` if a tensor is missing or misshaped, `badInput` if the file would exceed 2 GB.
 */
export function exportOnnx(
  graph: LayerGraph,
  weights: TensorMap,
  { batch = "dynamic", name = "network", architecture }: OnnxOptions = {},
): Uint8Array<ArrayBuffer> {
  const input = graph.nodes.find(({ op }) => op.kind === "input");
  const output = graph.nodes.find(({ id }) => id === graph.output);
  if (!input || !output) throw new EngineError("failed", "The graph has no input or no output.");
  const size = batch === "dynamic" ? "batch" : batch;
  const parts = modelParts({
    name,
    opset,
    nodes: nodesOf(graph),
    initialisers: graph.nodes.flatMap((layer) => initialisersOf(layer, weights)),
    input: { name: inputName, shape: [size, ...input.output] },
    output: { name: outputName, shape: [size, ...output.output] },
    metadata: architecture ? { architecture: JSON.stringify(architecture) } : {},
  });
  if (sizeOf(parts) > largestFile) throw new EngineError("badInput", tooLarge(sizeOf(parts)));
  return encode(parts);
}

/** Protobuf's limit. */
const largestFile = 2 ** 31 - 1;

const tooLarge = (size: number) =>
  `The ONNX file would take ${(size / 1e9).toFixed(1)} GB, but the format ends at 2.1 GB. Make the network smaller, or save its weights as safetensors.`;

function initialisersOf(layer: LayerNode, weights: TensorMap): readonly Initialiser[] {
  return layer.tensors.map((spec) => {
    const tensor = weights.get(spec.key);
    if (!tensor) throw new EngineError("weights", `The weights have no tensor ${spec.key}.`);
    if (tensor.shape.join() !== spec.shape.join()) {
      const shapes = `[${tensor.shape.join(", ")}], the network needs [${spec.shape.join(", ")}]`;
      throw new EngineError("weights", `Tensor ${spec.key} has the shape ${shapes}.`);
    }
    return { name: spec.key, shape: initialiserShape(layer, spec), data: tensor.data };
  });
}
