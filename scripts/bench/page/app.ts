/** @file This project's networks, built and run as its worker does, and TensorFlow.js's own operations on the same backends. */
import { lower } from "../../../src/model/graph/lower.ts";
import { toChannelsLast } from "../../../src/model/runtime/axisOrder.ts";
import { type BackendName, startBackend } from "../../../src/model/runtime/backends.ts";
import { networkDevice, prepareNetwork } from "../../../src/model/runtime/build.ts";
import type { KernelChoice } from "../../../src/model/runtime/runnable.ts";
import { seededWeights } from "../../../src/model/weights/graphWeights.ts";
import { seededInput } from "../../../src/model/weights/seeded.ts";
import type { OpenContestant } from "./contestant.ts";

export function app(backendName: BackendName, kernels: KernelChoice): OpenContestant {
  return async (architecture) => {
    const backend = await startBackend(backendName, () => {});
    const graph = lower(architecture);
    const { network } = (await prepareNetwork(graph, networkDevice(), kernels)).build(seededWeights(graph));
    const { imageSize: size, inChannels: channels } = architecture;
    const pixels = toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
    return {
      // The threads are of this project's programs.
      on: backendName === "wasm" && kernels === "stock" ? "CPU, 1 thread" : backend.info.adapter,
      run: async () => {
        const logits = await network.run(pixels, 1);
        backend.check();
        return logits;
      },
    };
  };
}
