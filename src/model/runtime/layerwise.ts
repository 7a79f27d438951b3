/** @file A network run layer by layer by TensorFlow.js. */
import * as tf from "@tensorflow/tfjs-core";
import type { LayerGraph, Shape } from "../graph/types.ts";
import { countDispatches } from "./dispatches.ts";
import type { Lease } from "./leases.ts";
import { type ForwardResult, Network } from "./network.ts";
import type { KernelChoice, RunnableNetwork } from "./runnable.ts";
import type { Sources } from "./sources.ts";
import { planStock } from "./stock.ts";

export class LayerwiseNetwork implements RunnableNetwork {
  readonly kernels: KernelChoice;
  /** For the outputs of single layers, and for timing them. */
  readonly network: Network;
  readonly #image: Shape;
  #dispatches = 0;

  constructor(kernels: "stock" | "folded", graph: LayerGraph, weights: Sources, lease: Lease<tf.Tensor>) {
    this.kernels = kernels;
    this.network = new Network(planStock(graph, weights, lease), lease.release);
    this.#image = graph.nodes.find(({ op }) => op.kind === "input")?.output ?? [0];
  }

  get dispatches(): number {
    return this.#dispatches;
  }

  /** As `Network.forward`, from `[batch, H, W, C]`. The caller disposes of what it gets. */
  forward(pixels: Float32Array, batch: number, keep?: ReadonlySet<string>): ForwardResult {
    const [channels, height = 1, width = 1] = this.#image;
    const input = tf.tensor4d(pixels, [batch, height, width, channels]);
    try {
      const { result, dispatches } = countDispatches(() => this.network.forward(input, keep));
      this.#dispatches = dispatches;
      return result;
    } finally {
      input.dispose();
    }
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
