/** @file What every built network can do, whatever runs it. */

/**
 * What runs a network:
 * - `stock`: one operation of TensorFlow.js a layer, exactly as the network was trained: the reference;
 * - `folded`: the same after norms and layer scales were folded into the convolutions beside them, which is exact but for
 *   rounding: the default on wasm and cpu;
 * - `fused`: folded, and every block three of this project's own programs: webgpu only, and the default there.
 */
export type KernelChoice = "stock" | "folded" | "fused";

/** A network on the device. Calls of `run` must not overlap. */
export interface RunnableNetwork {
  readonly kernels: KernelChoice;
  /** GPU dispatches (webgpu) or kernel calls (other backends) of the newest forward; 0 before the first. */
  readonly dispatches: number;
  /** @param pixels `[batch, H, W, C]`. @returns Logits, `[batch, numClasses]`. */
  run(pixels: Float32Array, batch: number): Promise<Float32Array>;
  /** Frees what no other network holds. */
  dispose(): void;
}
