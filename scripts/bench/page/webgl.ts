/** @file TensorFlow.js's operations, one a layer, on its WebGL backend, which this project does not ship. */
import "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import { lower } from "../../../src/model/graph/lower.ts";
import { toChannelsLast } from "../../../src/model/runtime/axisOrder.ts";
import { buildStock, networkDevice } from "../../../src/model/runtime/build.ts";
import { seededWeights } from "../../../src/model/weights/graphWeights.ts";
import { seededInput } from "../../../src/model/weights/seeded.ts";
import type { OpenContestant } from "./contestant.ts";

export const webgl: OpenContestant = async (architecture) => {
  if (!(await tf.setBackend("webgl"))) throw new Error("This browser has no WebGL.");
  const graph = lower(architecture);
  const { network } = buildStock(graph, seededWeights(graph), networkDevice());
  const { imageSize: size, inChannels: channels } = architecture;
  const pixels = toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
  return { on: rendererName(), run: () => network.run(pixels, 1) };
};

function rendererName(): string {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  return String((gl && info && gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) ?? "unnamed renderer");
}
