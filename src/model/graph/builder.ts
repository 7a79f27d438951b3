/** @file Adds layers one after the other, working out each one's output shape and the tensors it needs. */
import type { Norm } from "../architecture/schema.ts";
import type {
  ChannelRange,
  LayerGraph,
  LayerGroup,
  LayerNode,
  Op,
  Shape,
  Size2d,
  TensorSpec,
} from "./types.ts";

/** Epsilons of the official code. */
const epsilon = { batchnorm: 1e-5, layernorm: 1e-6 } as const;

type GroupStart = Omit<LayerGroup, "output" | "parent">;

/** Every method adds one node and returns its id, so that a network reads as the sequence of its layers. */
export class GraphBuilder {
  readonly #nodes: LayerNode[] = [];
  readonly #shapes = new Map<string, Shape>();
  readonly #groups: LayerGroup[] = [];
  readonly #open: string[] = [];

  /** Everything that `body` adds belongs to the group; the id that it returns is the group's output. */
  group(start: GroupStart, body: () => string): string {
    const parent = this.#open.at(-1);
    const place = this.#groups.length;
    this.#groups.push({ ...start, ...(parent === undefined ? {} : { parent }), output: "" });
    this.#open.push(start.id);
    const output = body();
    this.#open.pop();
    this.#groups[place] = { ...start, ...(parent === undefined ? {} : { parent }), output };
    return output;
  }

  input(id: string, channels: number, size: number): string {
    return this.#add(id, { kind: "input" }, [], [channels, size, size]);
  }

  conv2d(
    id: string,
    input: string,
    options: { channels: number; kernelSize: Size2d; stride: number; padding?: Size2d; bias?: boolean },
  ): string {
    const { channels, kernelSize, stride, padding = [0, 0], bias = true } = options;
    const [inputs, height, width] = this.#map(input);
    const out = windowed([height, width], kernelSize, stride, padding);
    const shape = [channels, inputs, ...kernelSize];
    const tensors = bias ? [weight(id, shape), biasOf(id, channels)] : [weight(id, shape)];
    return this.#add(
      id,
      { kind: "conv2d", kernelSize, stride, padding },
      [input],
      [channels, ...out],
      tensors,
    );
  }

  maxPool2d(id: string, input: string, kernelSize: Size2d, stride: number, padding: Size2d): string {
    const [channels, height, width] = this.#map(input);
    const out = windowed([height, width], kernelSize, stride, padding);
    return this.#add(id, { kind: "maxPool2d", kernelSize, stride, padding }, [input], [channels, ...out]);
  }

  depthwise(id: string, input: string, kernelSize: Size2d, channels: ChannelRange): string {
    const [, height, width] = this.#map(input);
    const tensors = [weight(id, [channels.count, 1, ...kernelSize]), biasOf(id, channels.count)];
    const op: Op = { kind: "depthwiseConv2d", kernelSize, channels };
    return this.#add(id, op, [input], [channels.count, height, width], tensors);
  }

  channels(id: string, input: string, channels: ChannelRange): string {
    const [, height, width] = this.#map(input);
    return this.#add(id, { kind: "channels", channels }, [input], [channels.count, height, width]);
  }

  concat(id: string, inputs: readonly string[]): string {
    const maps = inputs.map((input) => this.#map(input));
    const [, height, width] = maps[0] ?? [0, 0, 0];
    const total = maps.reduce((sum, [channels]) => sum + channels, 0);
    return this.#add(id, { kind: "concat" }, inputs, [total, height, width]);
  }

  norm(id: string, input: string, norm: Norm): string {
    const shape = this.shapeOf(input);
    const channels = shape[0];
    const affine = [spec(id, "weight", [channels]), biasOf(id, channels)];
    if (norm === "layernorm") {
      return this.#add(id, { kind: "layerNorm", epsilon: epsilon.layernorm }, [input], shape, affine);
    }
    const running: TensorSpec[] = [
      { key: `${id}.running_mean`, role: "runningMean", shape: [channels] },
      { key: `${id}.running_var`, role: "runningVar", shape: [channels] },
    ];
    const op: Op = { kind: "batchNorm", epsilon: epsilon.batchnorm };
    return this.#add(id, op, [input], shape, [...affine, ...running]);
  }

  /** `weightShape` is the state_dict's, which may carry a 1 x 1 kernel. */
  linear(
    id: string,
    input: string,
    outputs: number,
    weightShape?: (outputs: number, inputs: number) => readonly number[],
  ): string {
    const shape = this.shapeOf(input);
    const inputs = shape[0];
    const output: Shape = shape.length === 1 ? [outputs] : [outputs, shape[1], shape[2]];
    const tensors = [weight(id, weightShape?.(outputs, inputs) ?? [outputs, inputs]), biasOf(id, outputs)];
    return this.#add(id, { kind: "linear" }, [input], output, tensors);
  }

  gelu(id: string, input: string): string {
    return this.#add(id, { kind: "gelu" }, [input], this.shapeOf(input));
  }

  relu(id: string, input: string): string {
    return this.#add(id, { kind: "relu" }, [input], this.shapeOf(input));
  }

  /** Layer scale; the state_dict holds the tensor under the node's own id. */
  scale(id: string, input: string): string {
    const shape = this.shapeOf(input);
    return this.#add(id, { kind: "scale" }, [input], shape, [{ key: id, role: "gamma", shape: [shape[0]] }]);
  }

  add(id: string, left: string, right: string): string {
    return this.#add(id, { kind: "add" }, [left, right], this.shapeOf(left));
  }

  subtract(id: string, left: string, right: string): string {
    return this.#add(id, { kind: "subtract" }, [left, right], this.shapeOf(left));
  }

  averagePool2d(id: string, input: string, kernelSize: Size2d): string {
    return this.#add(id, { kind: "averagePool2d", kernelSize }, [input], this.#map(input));
  }

  globalAveragePool(id: string, input: string): string {
    return this.#add(id, { kind: "globalAveragePool" }, [input], [this.shapeOf(input)[0]]);
  }

  /** Shape of what a node gives. */
  shapeOf(id: string): Shape {
    const shape = this.#shapes.get(id);
    if (!shape) throw new Error(`Layer ${id} does not exist yet.`);
    return shape;
  }

  /** Channels of what a node gives. */
  channelsOf(id: string): number {
    return this.shapeOf(id)[0];
  }

  build(output: string): LayerGraph {
    return { nodes: this.#nodes, groups: this.#groups, output };
  }

  #add(
    id: string,
    op: Op,
    inputs: readonly string[],
    output: Shape,
    tensors: readonly TensorSpec[] = [],
  ): string {
    const group = this.#open.at(-1);
    if (group === undefined) throw new Error(`Layer ${id} is in no group.`);
    if (this.#shapes.has(id)) throw new Error(`Two layers are named ${id}.`);
    this.#nodes.push({ id, op, inputs, output, tensors, group });
    this.#shapes.set(id, output);
    return id;
  }

  #map(id: string): readonly [number, number, number] {
    const shape = this.shapeOf(id);
    if (shape.length !== 3) throw new Error(`Layer ${id} gives a vector where a feature map is needed.`);
    return shape;
  }
}

function windowed([height, width]: Size2d, [kh, kw]: Size2d, stride: number, [ph, pw]: Size2d): Size2d {
  return [Math.floor((height + 2 * ph - kh) / stride) + 1, Math.floor((width + 2 * pw - kw) / stride) + 1];
}

function spec(id: string, role: "weight" | "bias", shape: readonly number[]): TensorSpec {
  return { key: `${id}.${role}`, role, shape };
}

const weight = (id: string, shape: readonly number[]) => spec(id, "weight", shape);
const biasOf = (id: string, length: number) => spec(id, "bias", [length]);
