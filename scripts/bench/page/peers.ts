/**
 * @file The page that `npm run bench:peers` opens once for each contestant: each has a process, a device and a memory of its
 * own, and waits while another one runs.
 */
import type { Architecture } from "../../../src/model/architecture/schema.ts";
import type { Contestant, OpenContestant } from "./contestant.ts";

/** In the order in which they take turns. */
const contestants = {
  "this app, webgpu": async () => (await import("./app.ts")).app("webgpu", "fused"),
  "TensorFlow.js, webgpu": async () => (await import("./app.ts")).app("webgpu", "stock"),
  "ONNX Runtime, webgpu": async () => (await import("./onnxruntime.ts")).onnxruntime("webgpu", Infinity),
  "TensorFlow.js, webgl": async () => (await import("./webgl.ts")).webgl,
  "this app, wasm": async () => (await import("./app.ts")).app("wasm", "fused"),
  "TensorFlow.js, wasm": async () => (await import("./app.ts")).app("wasm", "stock"),
  "ONNX Runtime, wasm": async () => (await import("./onnxruntime.ts")).onnxruntime("wasm", Infinity),
  "ONNX Runtime, wasm, 1 thread": async () => (await import("./onnxruntime.ts")).onnxruntime("wasm", 1),
} satisfies Record<string, () => Promise<OpenContestant>>;

export type ContestantName = keyof typeof contestants;

export interface Opened {
  readonly on: string;
  readonly logits: readonly number[];
}

declare global {
  interface Window {
    readonly peers: {
      readonly names: readonly ContestantName[];
      readonly open: (name: ContestantName, architecture: Architecture) => Promise<Opened>;
      /** Milliseconds of one forward. */
      readonly time: () => Promise<number>;
    };
  }
}

let contestant: Contestant | undefined;

Object.assign(window, {
  peers: {
    names: Object.keys(contestants) as readonly ContestantName[],
    open: async (name, architecture) => {
      const open = await contestants[name]();
      contestant = await open(architecture);
      return { on: contestant.on, logits: [...(await contestant.run())] };
    },
    time: async () => {
      const start = performance.now();
      await contestant?.run();
      return performance.now() - start;
    },
  } satisfies Window["peers"],
});
