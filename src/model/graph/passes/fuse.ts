/**
 * @file Fuses the layers of a (folded) graph: every block becomes three operations.
 *
 * Works backwards: each node that no later operation has taken in becomes one, with as many of the nodes before it as fit
 * and are read by nothing else. A layer that nothing fits is an operation alone. Layers that pass their input through as it
 * is vanish.
 */
import type { ChannelRange, LayerGraph, LayerNode, Op, TensorRole, TensorSpec } from "../types.ts";
import { affineOf } from "./fold.ts";
import type {
  ChannelPart,
  Finish,
  FusedBranch,
  FusedGraph,
  FusedNode,
  FusedOp,
  LayerTensors,
} from "./fused.ts";

type Fused = Pick<FusedNode, "op" | "inputs">;

/** A matrix product or dense convolution, with what is done to its sums. */
interface Product extends Fused {
  readonly op: FusedOp & { kind: "matmul" | "conv2d" };
}

/** The operations that give what the graph gives. */
export function fuse(graph: LayerGraph): FusedGraph {
  const fuser = new Fuser(graph);
  const needed = new Set([fuser.source(graph.output)]);
  const nodes: FusedNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!needed.has(node.id)) continue;
    const { op, inputs } = fuser.fuse(node);
    const sources = inputs.map((id) => fuser.source(id));
    for (const id of sources) needed.add(id);
    nodes.push({ id: node.id, op, inputs: sources, output: node.output });
  }
  return { nodes: nodes.reverse(), output: fuser.source(graph.output) };
}

class Fuser {
  readonly #nodes: ReadonlyMap<string, LayerNode>;
  readonly #readers = new Map<string, number>();

  constructor({ nodes, output }: LayerGraph) {
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    for (const id of [output, ...nodes.flatMap((node) => node.inputs)]) {
      this.#readers.set(id, (this.#readers.get(id) ?? 0) + 1);
    }
  }

  /** The node whose values `id` has: itself, or what it passes through. */
  source(id: string): string {
    const node = this.#node(id);
    const passed = this.#passesThrough(node);
    return passed === undefined ? id : this.source(passed);
  }

  fuse(node: LayerNode): Fused {
    const { op, inputs } = node;
    switch (op.kind) {
      case "input":
      case "maxPool2d":
        return { op, inputs };
      case "conv2d":
      case "linear":
        return this.#sum(node, op);
      case "add":
      case "gelu":
      case "relu":
        return this.#product(node) ?? { op, inputs };
      case "concat":
      case "channels":
      case "depthwiseConv2d":
        return this.#depthwise(node) ?? this.#channels(node);
      case "layerNorm":
        return { op: { kind: "layerNorm", epsilon: op.epsilon, ...affine(node) }, inputs };
      case "globalAveragePool":
        return { op: { kind: "averagePool" }, inputs };
      case "averagePool2d":
        return { op: { ...op, subtracts: false }, inputs };
      case "subtract":
        return this.#poolDifference(node) ?? { op, inputs };
      case "batchNorm":
      case "scale":
        return { op: { kind: "affine", affine: affineOf(node, op) }, inputs };
      default:
        return op satisfies never;
    }
  }

  #product(node: LayerNode): Product | undefined {
    const { op, inputs } = node;
    const [input = ""] = inputs;
    switch (op.kind) {
      case "relu": {
        const fused = this.#readOnce(input) && this.#product(this.#node(input));
        return fused && !fused.op.relu ? { ...fused, op: { ...fused.op, relu: true } } : undefined;
      }
      case "add":
        return this.#residual(node);
      case "gelu": {
        const fused = this.#readOnce(input) && this.#product(this.#node(input));
        return fused && isPlain(fused.op) ? { ...fused, op: { ...fused.op, gelu: true } } : undefined;
      }
      case "conv2d":
      case "linear":
        return this.#sum(node, op);
      default:
        return undefined;
    }
  }

  #sum(node: LayerNode, op: Op & { readonly kind: "conv2d" | "linear" }): Product {
    if (op.kind === "linear") return this.#matmul(node, 1);
    const patch = patchOf(op);
    if (patch !== undefined) return this.#matmul(node, patch);
    return { op: { ...op, ...nothing, ...layerTensors(node) }, inputs: node.inputs };
  }

  /** The sum of a product and of anything. */
  #residual({ inputs }: LayerNode): Product | undefined {
    const [left = "", right = ""] = inputs;
    for (const [id, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const fused = this.#readOnce(id) && this.#product(this.#node(id));
      if (!fused || fused.op.residual || fused.op.relu) continue;
      return { op: { ...fused.op, residual: true }, inputs: [...fused.inputs, other] };
    }
    return undefined;
  }

  #matmul(node: LayerNode, patch: number): Product {
    const [input = ""] = node.inputs;
    const matmul = { kind: "matmul", patch, ...nothing, ...layerTensors(node) } as const;
    const before = this.#node(input);
    if (patch !== 1 || before.op.kind !== "layerNorm" || !this.#readOnce(input))
      return { op: matmul, inputs: node.inputs };
    const layerNorm = { epsilon: before.op.epsilon, ...affine(before) };
    return { op: { ...matmul, layerNorm }, inputs: before.inputs };
  }

  /** Depthwise convolutions and channels that pass through, all of one input and in its order. */
  #depthwise(node: LayerNode): Fused | undefined {
    const parts = this.#partsOf(node);
    const stretch = stretchOf(parts);
    const branches = parts.flatMap((part): FusedBranch[] => {
      if (part.op.kind !== "depthwiseConv2d") return [];
      const { channels, kernelSize } = part.op;
      return [{ channels, kernelSize, ...layerTensors(part) }];
    });
    if (!stretch || branches.length === 0) return undefined;
    return { op: { kind: "depthwise", channels: stretch.channels, branches }, inputs: [stretch.input] };
  }

  /** Channels of any inputs in any order. */
  #channels(node: LayerNode): Fused {
    const taken = this.#partsOf(node).map((part) => {
      const isCut = part.op.kind === "channels";
      const source = this.source(isCut ? (part.inputs[0] ?? "") : part.id);
      return { source, channels: isCut ? part.op.channels : { start: 0, count: part.output[0] } };
    });
    const inputs = [...new Set(taken.map(({ source }) => source))];
    const parts = taken.map(
      ({ source, channels }): ChannelPart => ({ input: inputs.indexOf(source), channels }),
    );
    return { op: { kind: "channels", parts }, inputs };
  }

  /** Of pooled values and anything. */
  #poolDifference({ inputs }: LayerNode): Fused | undefined {
    const [left = "", right = ""] = inputs;
    const pool = this.#node(left);
    if (pool.op.kind !== "averagePool2d" || !this.#readOnce(left)) return undefined;
    return { op: { ...pool.op, subtracts: true }, inputs: [...pool.inputs, right] };
  }

  #passesThrough(node: LayerNode): string | undefined {
    const parts = this.#partsOf(node);
    if (!parts.every(({ op }) => op.kind === "channels")) return undefined;
    const stretch = stretchOf(parts);
    return stretch?.channels.count === this.#node(stretch?.input ?? node.id).output[0]
      ? stretch?.input
      : undefined;
  }

  #partsOf(node: LayerNode): readonly LayerNode[] {
    return node.op.kind === "concat" ? node.inputs.map((id) => this.#node(id)) : [node];
  }

  #readOnce(id: string): boolean {
    return this.#readers.get(id) === 1;
  }

  #node(id: string): LayerNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`The graph has no layer ${id}.`);
    return node;
  }
}

/** The one input of the parts and the channels of it that they take, if they do so in its order and without gaps. */
function stretchOf(
  parts: readonly LayerNode[],
): { readonly input: string; readonly channels: ChannelRange } | undefined {
  const [first] = parts;
  const [input] = first?.inputs ?? [];
  const start = first && rangeOf(first)?.start;
  if (input === undefined || start === undefined) return undefined;
  let next = start;
  for (const part of parts) {
    const range = rangeOf(part);
    if (range?.start !== next || part.inputs[0] !== input) return undefined;
    next += range.count;
  }
  return { input, channels: { start, count: next - start } };
}

function rangeOf({ op }: LayerNode): ChannelRange | undefined {
  return op.kind === "channels" || op.kind === "depthwiseConv2d" ? op.channels : undefined;
}

const nothing: Finish = { gelu: false, residual: false, relu: false };

const isPlain = ({ gelu, residual, relu }: Finish) => !gelu && !residual && !relu;

/** Side of the patches that the convolution reads, each pixel once; undefined where it reads otherwise. */
function patchOf({ kernelSize, padding, stride }: Op & { kind: "conv2d" }): number | undefined {
  const isPatch = [...kernelSize].every((side) => side === stride) && padding.every((pixels) => pixels === 0);
  return isPatch ? stride : undefined;
}

function tensor({ tensors }: LayerNode, role: TensorRole): TensorSpec | undefined {
  return tensors.find((spec) => spec.role === role);
}

function required(node: LayerNode, role: TensorRole): TensorSpec {
  const spec = tensor(node, role);
  if (!spec) throw new Error(`Layer ${node.id} has no ${role}.`);
  return spec;
}

function layerTensors(node: LayerNode): LayerTensors {
  const bias = tensor(node, "bias");
  return { weight: required(node, "weight"), ...(bias ? { bias } : {}) };
}

const affine = (node: LayerNode) => ({ weight: required(node, "weight"), bias: required(node, "bias") });
