/** @file A network whose steps are run one after the other over TensorFlow.js's tensors. */
import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../graph/types.ts";
import { countDispatches } from "./dispatches.ts";
import type { Lease } from "./leases.ts";
import { type ForwardResult, Network, type Plan } from "./network.ts";
import type { KernelChoice, Operation, RunnableNetwork } from "./runnable.ts";

export class LayerwiseNetwork implements RunnableNetwork {
  readonly kernels: KernelChoice;
  /** For the outputs of single layers, and for timing them. */
  readonly network: Network;
  readonly #image: Shape;
  #dispatches = 0;

  /** `image` is the shape of the input, without the batch; `lease` holds the plan's weights. */
  constructor(kernels: KernelChoice, plan: Plan, image: Shape, lease: Lease<tf.Tensor>) {
    this.kernels = kernels;
    this.network = new Network(plan, lease.release);
    this.#image = image;
  }

  get operations(): readonly Operation[] {
    return this.network.steps;
  }

  get dispatches(): number {
    return this.#dispatches;
  }

  /** As `Network.forward`, from `[batch, H, W, C]`. The caller disposes of what it gets. */
  forward(pixels: Float32Array, batch: number, keep?: ReadonlySet<string>): ForwardResult {
    const input = this.inputOf(pixels, batch);
    try {
      const { result, dispatches } = countDispatches(() => this.network.forward(input, keep));
      // This project's programs on the backend's memory are no kernels of the backend: each operation is one call.
      this.#dispatches = this.kernels === "fused" ? this.network.steps.length : dispatches;
      return result;
    } finally {
      input.dispose();
    }
  }

  /** `[batch, H, W, C]`, the caller's. */
  inputOf(pixels: Float32Array, batch: number): tf.Tensor {
    const [channels, height = 1, width = 1] = this.#image;
    return tf.tensor4d(pixels, [batch, height, width, channels]);
  }

  async run(pixels: Float32Array, batch: number): Promise<Float32Array> {
    const { logits } = this.forward(pixels, batch);
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }

  dispose(): void {
    this.network.dispose();
  }
}
