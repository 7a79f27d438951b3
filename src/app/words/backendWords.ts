/** @file The backend and what the engine is doing, in words. */
import type { BackendChoice, BackendInfo, BackendName } from "../../model/runtime/backends.ts";
import type { EngineStatus } from "../engine/engineStore.ts";

export const backendNames: Record<BackendName, string> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  cpu: "Plain JavaScript",
};

/** For the person who chooses. */
export const backendOptions: readonly {
  readonly value: BackendChoice;
  readonly label: string;
  readonly hint: string;
}[] = [
  { value: "auto", label: "Automatic", hint: "WebGPU on a real graphics processor, else WebAssembly" },
  { value: "webgpu", label: "WebGPU", hint: "The graphics processor" },
  { value: "wasm", label: "WebAssembly", hint: "The processor" },
  { value: "cpu", label: "Plain JavaScript", hint: "Slow; the reference for the others" },
];

export const statusWords: Record<EngineStatus, string> = {
  starting: "Starting",
  loading: "Loading weights",
  building: "Building",
  predicting: "Predicting",
  idle: "Ready",
  failed: "Stopped",
};

/** Backend and adapter, as `WebGPU on an NVIDIA GeForce`. */
export function backendText({ name, adapter }: BackendInfo): string {
  return `${backendNames[name]} · ${adapter}`;
}
