/** @file What a measurement depends on besides the backend, for whoever wants to repeat it. */
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import type { Environment } from "../benchmark/measurement.ts";

/** Of the running backend. */
export function environmentOf(backend: unknown): Environment {
  const driver = backend instanceof WebGPUBackend ? driverOf(backend.device.adapterInfo) : undefined;
  return {
    browser: navigator.userAgent,
    tfjs: tf.version_core,
    crossOriginIsolated: globalThis.crossOriginIsolated,
    ...(driver ? { driver } : {}),
  };
}

/** Chrome tells it where its WebGPU developer features are on. */
function driverOf(info: GPUAdapterInfo & { readonly driver?: string }): string | undefined {
  return info.driver;
}
