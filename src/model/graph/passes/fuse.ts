/**
 * @file Fuses the layers of a (folded) graph: every block becomes three operations.
 *
 * Works backwards: each node that no later operation has taken in becomes one, with as many of the nodes before it as fit
 * and are read by nothing else. Layers that pass their input through as it is vanish.
 */
import type { ChannelRange, LayerGraph, LayerNode, Op, TensorRole, TensorSpec } from "../types.ts";
import {
  type Finish,
  type FusedBranch,
  type FusedGraph,
  type FusedNode,
  type FusedOp,
  FuseError,
  type LayerTensors,
} from "./fused.ts";

type Fused = Pick<FusedNode, "op" | "inputs">;

/** A matrix product or dense convolution, with what is done to its sums. */
interface Product extends Fused {
  readonly op: FusedOp & { kind: "matmul" | "conv2d" };
}

/** @throws FuseError naming the layer that has no fused operation; such a graph runs layer by layer. */
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
        return { op: { kind: "input" }, inputs };
      case "add":
      case "gelu":
      case "relu":
      case "conv2d":
      case "linear":
        return this.#product(node) ?? unsupported(node);
      case "concat":
      case "depthwiseConv2d":
        return this.#depthwise(node) ?? unsupported(node);
      case "layerNorm":
        return { op: { kind: "layerNorm", epsilon: op.epsilon, ...affine(node) }, inputs };
      case "globalAveragePool":
        return { op: { kind: "averagePool" }, inputs };
      case "maxPool2d":
        return { op, inputs };
      case "channels":
      case "batchNorm":
      case "scale":
      case "subtract":
      case "averagePool2d":
        return unsupported(node);
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
      case "linear":
        return this.#matmul(node, 1);
      case "conv2d": {
        const patch = patchOf(op);
        return patch === undefined
          ? { op: { ...op, ...nothing, ...layerTensors(node) }, inputs }
          : this.#matmul(node, patch);
      }
      default:
        return undefined;
    }
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

  /** A depthwise convolution, alone or with others and with channels that pass through, all of one input and in its order. */
  #depthwise(node: LayerNode): Fused | undefined {
    const parts = node.op.kind === "concat" ? node.inputs.map((id) => this.#node(id)) : [node];
    const input = this.#wholeInput(parts);
    if (input === undefined) return undefined;
    const branches = parts.flatMap((part): FusedBranch[] => {
      if (part.op.kind !== "depthwiseConv2d") return [];
      const { channels, kernelSize } = part.op;
      return [{ channels, kernelSize, ...layerTensors(part) }];
    });
    return { op: { kind: "depthwise", branches }, inputs: [input] };
  }

  #passesThrough(node: LayerNode): string | undefined {
    const { kind } = node.op;
    if (kind !== "channels" && kind !== "concat") return undefined;
    const parts = kind === "concat" ? node.inputs.map((id) => this.#node(id)) : [node];
    return parts.every((part) => part.op.kind === "channels") ? this.#wholeInput(parts) : undefined;
  }

  /** The one input of which the parts take all channels, in their order; undefined if they do not. */
  #wholeInput(parts: readonly LayerNode[]): string | undefined {
    const [input] = parts[0]?.inputs ?? [];
    if (input === undefined) return undefined;
    let next = 0;
    for (const part of parts) {
      const range = rangeOf(part);
      if (range?.start !== next || part.inputs[0] !== input) return undefined;
      next += range.count;
    }
    return next === this.#node(input).output[0] ? input : undefined;
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

function unsupported({ id, op }: LayerNode): never {
  throw new FuseError(
    `Layer ${id} (${op.kind}) has no fused operation. Run this network with stock kernels.`,
  );
}
