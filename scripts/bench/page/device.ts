/** @file Work on the GPU that a benchmark repeats: this project's dispatches, and TensorFlow.js's operations. */
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { elementCount } from "../../../src/model/graph/elementCount.ts";
import type { Dispatch } from "../../../src/model/kernels/kernel.ts";
import { pipelinesOf } from "../../../src/model/kernels/pipelines.ts";
import { type Command, Recording } from "../../../src/model/runtime/recording.ts";
import { deviceIdle } from "../../../src/model/runtime/timing.ts";

export interface Work {
  /** Does it once and gives the result. */
  result(): Promise<Float32Array>;
  /** Does it so many times; ends when the device is done. */
  repeat(times: number): Promise<void>;
  dispose(): void;
}

export async function dispatchWork(
  dispatch: Dispatch,
  inputs: readonly (Float32Array | Int32Array)[],
): Promise<Work> {
  const { device } = tf.backend() as WebGPUBackend;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const bytes = 4 * elementCount(dispatch.outputShape);
  const result = device.createBuffer({ size: bytes, usage });
  const read = inputs.map((data) => {
    const buffer = device.createBuffer({ size: data.byteLength, usage });
    device.queue.writeBuffer(buffer, 0, data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    return buffer;
  });
  const command: Command = { dispatch, buffers: [result, ...read], work: 0 };
  const record = (times: number, size: number) =>
    Recording.make(device, pipelinesOf(device), new Array<Command>(times).fill(command), {
      source: result,
      bytes: size,
    });
  let recorded: { readonly times: number; readonly recording: Recording } | undefined;
  return {
    result: async () => {
      const once = await record(1, bytes);
      once.submit();
      const values = await once.read();
      once.dispose();
      return values;
    },
    repeat: async (times) => {
      if (recorded?.times !== times) {
        recorded?.recording.dispose();
        recorded = { times, recording: await record(times, 16) };
      }
      recorded.recording.submit();
      await recorded.recording.read();
    },
    dispose: () => {
      recorded?.recording.dispose();
      for (const buffer of [result, ...read]) buffer.destroy();
    },
  };
}

/** `run` gives a tensor of its own; the tensors that it reads are its own, too. */
export function tensorWork(run: () => tf.Tensor): Work {
  return {
    result: async () => {
      const tensor = tf.tidy(run);
      const values = (await tensor.data()) as Float32Array;
      tensor.dispose();
      return values;
    },
    repeat: async (times) => {
      for (let time = 0; time < times; time++) tf.tidy(run).dispose();
      await deviceIdle();
    },
    dispose: () => {},
  };
}
