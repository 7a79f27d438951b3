import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { startBackend } from "../runtime/backends.ts";
import { networkDevice, prepareNetwork } from "../runtime/build.ts";
import { seededInput } from "../weights/seeded.ts";
import { CurrentNetwork } from "./current.ts";
import { verifyNetwork } from "./verify.ts";
import { untrained } from "./weights.ts";

const watching = { signal: new AbortController().signal, onProgress: undefined };
const provenance = { badge: "untrained", carried: 0 } as const;

/** The network as stock operations run it, on wasm. */
async function stockNetwork(numClasses: number) {
  const { info } = await startBackend("wasm", () => undefined);
  const architecture = { ...presetOf("inceptionnext_atto").architecture, imageSize: 32, numClasses };
  const graph = lower(architecture);
  const weights = untrained();
  const { tensors } = weights.carryOver(architecture, graph);
  const device = networkDevice();
  const { network } = (await prepareNetwork(graph, device, "stock")).build(tensors);
  return { info, device, parts: { architecture, graph, weights, tensors, network, provenance } };
}

it("leaves the backend as it was where the reference cannot even be built", async () => {
  const { info, device, parts } = await stockNetwork(10);
  const broken = new CurrentNetwork({ ...parts, tensors: new Map() }, device);
  await expect(verifyNetwork(broken, seededInput(32, 1), info, watching)).rejects.toThrow("have no tensor");
  expect(tf.getBackend()).toBe("wasm");
  broken.release();
});

it("says how far the runs of a network of one class lie apart", async () => {
  const { info, device, parts } = await stockNetwork(1);
  const current = new CurrentNetwork(parts, device);
  const { runs } = await verifyNetwork(current, seededInput(32, 1), info, watching);
  expect(runs.map(({ difference }) => difference < 1e-3)).toEqual([true]);
  current.release();
});
