/** @file A layer's weights on the device, in the layouts that TensorFlow.js wants. */
import * as tf from "@tensorflow/tfjs-core";
import type { LayerNode, TensorRole } from "../graph/types.ts";
import { toHwio } from "./axisOrder.ts";
import { EngineError } from "./errors.ts";
import type { Lease } from "./leases.ts";
import { type Sources, sourceOf } from "./sources.ts";

type Layer = Pick<LayerNode, "id" | "tensors" | "output">;

export class LayerWeights {
  readonly #node: Layer;
  readonly #weights: Sources;
  readonly #lease: Lease<tf.Tensor>;

  constructor(node: Layer, weights: Sources, lease: Lease<tf.Tensor>) {
    this.#node = node;
    this.#weights = weights;
    this.#lease = lease;
  }

  perChannel(role: TensorRole): tf.Tensor1D {
    return this.#get(role, "vector", (data) => tf.tensor1d(data));
  }

  optional(role: TensorRole): tf.Tensor1D | undefined {
    return this.#node.tensors.some((tensor) => tensor.role === role) ? this.perChannel(role) : undefined;
  }

  /** Of the input's rank: binary operations with a short 1-D operand take a slow path on webgpu. */
  broadcast(role: TensorRole): tf.Tensor {
    const ones = new Array<number>(this.#node.output.length).fill(1);
    return this.#get(role, `broadcast${ones.length}`, (data) => tf.tensor(data, [...ones, data.length]));
  }

  /** `[kh, kw, inC, outC]`. */
  filter(): tf.Tensor4D {
    return this.#get("weight", "hwio", (data, [o = 1, i = 1, h = 1, w = 1]) =>
      tf.tensor4d(toHwio(data, [o, i, h, w]), [h, w, i, o]),
    );
  }

  /** `[kh, kw, C, 1]`. */
  depthwiseFilter(): tf.Tensor4D {
    return this.#get("weight", "hwc1", (data, [c = 1, , h = 1, w = 1]) =>
      tf.tensor4d(toHwio(data, [c, 1, h, w]), [h, w, c, 1]),
    );
  }

  /** `[in, out]`. */
  matrix(): tf.Tensor2D {
    return this.#get("weight", "io", (data, [o = 1, i = 1]) => tf.tensor2d(toHwio(data, [o, i]), [i, o]));
  }

  #get<T extends tf.Tensor>(
    role: TensorRole,
    form: string,
    make: (data: Float32Array, shape: readonly number[]) => T,
  ): T {
    const spec = this.#node.tensors.find((tensor) => tensor.role === role);
    if (!spec) throw new EngineError("failed", `Layer ${this.#node.id} has no ${role}.`);
    const source = sourceOf(this.#weights, spec);
    const tensor = this.#lease.get(`${source.identity} ${form}`, () =>
      tf.keep(make(source.read(), source.shape)),
    );
    return tensor as T;
  }
}
