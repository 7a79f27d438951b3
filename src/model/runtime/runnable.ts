/** @file What every built network can do, whatever runs it. */

/**
 * What runs a network:
 * - `stock`: one operation of TensorFlow.js a layer, exactly as the network was trained: the reference;
 * - `folded`: the same after norms and layer scales were folded into the convolutions beside them, which is exact but for
 *   rounding: the default on cpu;
 * - `fused`: folded, and what remains of a block joined into three operations by this project's own programs, in WGSL on
 *   webgpu and in SIMD on wasm: the default on both.
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
