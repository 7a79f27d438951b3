/** @file The memory that TensorFlow.js keeps for itself on webgpu. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { deviceIdle } from "./timing.ts";

/** What its buffer manager holds, which its types call private. */
interface BufferPool {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/**
 * Frees the buffers that TensorFlow.js keeps for another tensor of exactly the same size: networks of many sizes, one after
 * the other, would fill the device with them. Does nothing on other backends.
 */
export async function freeUnusedBuffers(): Promise<void> {
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return;
  // What is recorded and not yet submitted may still use them.
  await deviceIdle();
  const pool = backend.bufferManager as unknown as BufferPool;
  for (const buffers of pool.freeBuffers.values()) {
    for (const buffer of buffers.splice(0)) {
      pool.numFreeBuffers -= 1;
      pool.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
  }
}
