/** @file Counts what a forward asks of the backend. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";

/** GPU dispatches (webgpu) or kernel calls (other backends) while `run` runs. */
export function countDispatches<T>(run: () => T): { readonly result: T; readonly dispatches: number } {
  const backend = tf.backend();
  return backend instanceof WebGPUBackend
    ? countCalls(backend, "runWebGPUProgram", run)
    : countCalls(tf.engine(), "runKernel", run);
}

/** Shadows a method of the object with one that counts, as long as `run` runs. */
function countCalls<K extends string, T>(
  target: { [key in K]: (...args: never[]) => unknown },
  method: K,
  run: () => T,
): { readonly result: T; readonly dispatches: number } {
  const original = target[method];
  let dispatches = 0;
  const counting = (...args: never[]) => {
    dispatches += 1;
    return original.apply(target, args);
  };
  Object.defineProperty(target, method, { value: counting, configurable: true });
  try {
    return { result: run(), dispatches };
  } finally {
    // The method lives on the prototype: without its shadow the object is as before.
    Reflect.deleteProperty(target, method);
  }
}
