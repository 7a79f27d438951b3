/** @file ONNX Runtime on the ONNX file that this project writes of the network. */
import type * as Ort from "onnxruntime-web";
import webgpuModule from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import webgpuWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import plainModule from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import plainWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { exportOnnx } from "../../../src/model/export/onnx.ts";
import { lower } from "../../../src/model/graph/lower.ts";
import { seededWeights } from "../../../src/model/weights/graphWeights.ts";
import { seededInput } from "../../../src/model/weights/seeded.ts";
import type { OpenContestant } from "./contestant.ts";

export function onnxruntime(provider: "webgpu" | "wasm", mostThreads: number): OpenContestant {
  return async (architecture) => {
    const ort: typeof Ort = await (provider === "webgpu"
      ? import("onnxruntime-web/webgpu")
      : import("onnxruntime-web/wasm"));
    const threads = crossOriginIsolated ? Math.min(mostThreads, navigator.hardwareConcurrency) : 1;
    ort.env.wasm.numThreads = threads;
    ort.env.wasm.wasmPaths =
      provider === "webgpu"
        ? { mjs: absolute(webgpuModule), wasm: absolute(webgpuWasm) }
        : { mjs: absolute(plainModule), wasm: absolute(plainWasm) };
    const graph = lower(architecture);
    // A fixed batch lets it plan its memory, and fold what depends on shapes, ahead.
    const file = exportOnnx(graph, seededWeights(graph), { batch: 1 });
    const session = await ort.InferenceSession.create(file, { executionProviders: [provider] });
    const { imageSize: size, inChannels: channels } = architecture;
    const pixels = seededInput(size, 1, channels);
    return {
      on: provider === "webgpu" ? "WebGPU" : `CPU, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
      run: async () => {
        const input = new ort.Tensor("float32", pixels, [1, channels, size, size]);
        const { logits } = await session.run({ input });
        const values = await logits?.getData();
        if (!(values instanceof Float32Array)) throw new Error("ONNX Runtime gave no logits.");
        // Also frees what lies on the GPU.
        const copy = values.slice();
        logits?.dispose();
        return copy;
      },
    };
  };
}

function absolute(url: string): string {
  return new URL(url, document.baseURI).href;
}
