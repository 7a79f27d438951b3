import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { packDepthwise } from "./packDepthwise.ts";

it("lays four channels side by side, those of two branches in a rectangle each", () => {
  const square = { start: 1, count: 1, kernelSize: [1, 3], weight: Float32Array.of(2, 3, 4) } as const;
  const band = {
    start: 2,
    count: 3,
    kernelSize: [1, 1],
    weight: Float32Array.of(5, 6, 7),
    bias: Float32Array.of(8, 9, 10),
  } as const;
  const { weights, bias, table } = packDepthwise(5, [square, band]);
  const pixel = (...values: readonly number[]) => values;
  expect([...weights]).toEqual([
    ...pixel(1, 1, 1, 1),
    // The first vector: a channel that passes through, the three taps of the next, and two of the band's.
    ...pixel(1, 0, 0, 0),
    ...[pixel(0, 2, 0, 0), pixel(0, 3, 0, 0), pixel(0, 4, 0, 0)].flat(),
    ...pixel(0, 0, 5, 6),
    ...pixel(7, 0, 0, 0),
  ]);
  expect([...bias]).toEqual([0, 0, 8, 9, 10, 0, 0, 0]);
  expect([...table]).toEqual([
    ...[3, 6, 0, 0, 6, 7, 0, 0],
    ...[1, 1, 0, 0],
    ...[1, 1, 1, 0, 1, 3, 2, 0, 1, 1, 5, 0],
    ...[1, 1, 6, 0],
  ]);
});

it("takes no memory but the result's, so that the largest kernels that fit a device end no worker", async () => {
  // The taps of 256 channels are 66 MB, and would be twice that as JavaScript's own numbers.
  const worker = new Worker(bootstrap, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } });
  const taps = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  expect(taps).toBe(256 * 255 ** 2);
});

const moduleUrl = JSON.stringify(new URL("./packDepthwise.ts", import.meta.url).href);
/** Node runs no TypeScript by itself. The rectangle that all pass through has one tap of four channels. */
const bootstrap = `import("tsx/esm/api")
  .then(({ tsImport }) => tsImport(${moduleUrl}, ${moduleUrl}))
  .then(({ packDepthwise }) => {
    const kernelSize = [255, 255];
    const weight = new Float32Array(256 * 255 ** 2);
    const { weights } = packDepthwise(256, [{ start: 0, count: 256, kernelSize, weight }]);
    require("node:worker_threads").parentPort.postMessage(weights.length - 4);
  });`;
