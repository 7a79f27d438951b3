/** @file What every built network can do, whatever runs it. */

/**
 * What runs a network:
 * - `stock`: one operation of TensorFlow.js a layer, exactly as the network was trained: the reference;
 * - `folded`: the same after norms and layer scales were folded into the convolutions beside them, which is exact but for
 *   rounding: the default on cpu;
 * - `fused`: folded, and what remains of a block joined into three operations by this project's own programs, in WGSL on
 *   webgpu and in SIMD on wasm: the default on both. A layer that joins no other runs alone beside them;
 * - `fused-f16`: on webgpu, the same with weights and activations stored as 16-bit floats, which halves the memory traffic;
 *   arithmetic stays float32;
 * - `fused-subgroups`: on webgpu where the adapter has subgroups, the same with the products of a head shared out among
 *   the lanes of a subgroup.
 */
export const kernelChoices = ["stock", "folded", "fused", "fused-f16", "fused-subgroups"] as const;

export type KernelChoice = (typeof kernelChoices)[number];

/** What a network does in one piece: a layer, or several fused into one. */
export interface Operation {
  /** Id of the node whose output it gives. */
  readonly id: string;
  /** Ids of the operations, or of the input, that it reads. */
  readonly inputs: readonly string[];
}

/** A network on the device. Calls of `run` must not overlap. */
export interface RunnableNetwork {
  readonly kernels: KernelChoice;
  /** GPU dispatches (webgpu) or kernel calls (other backends) of the newest forward; 0 before the first. */
  readonly dispatches: number;
  /** In the order in which they run. */
  readonly operations: readonly Operation[];
  /** @param pixels `[batch, H, W, C]`. @returns Logits, `[batch, numClasses]`. */
  run(pixels: Float32Array, batch: number): Promise<Float32Array>;
  /** Frees what no other network holds. */
  dispose(): void;
}
