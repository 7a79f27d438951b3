/** @file Every kernel on halves: rounding what it reads and writes is all that it may change. */
import { describe, expect, it } from "vitest";
import { fromFloat16 } from "../weights/float16.ts";
import { dispatchAveragePool } from "./averagePool.ts";
import { dispatchAveragePool2d } from "./averagePool2d.ts";
import { dispatchChannels, packChannels } from "./channels.ts";
import { dispatchConvolution } from "./convolution.ts";
import { dispatchDepthwise } from "./depthwise.ts";
import { dispatchElementwise } from "./elementwise.ts";
import { toHalves } from "./half.ts";
import type { Dispatch } from "./kernel.ts";
import { dispatchLayerNorm } from "./layerNorm.ts";
import type { Epilogue } from "./matmul.ts";
import { dispatchMatmulRegisters } from "./matmulRegisters.ts";
import { dispatchMatmulSubgroups } from "./matmulSubgroups.ts";
import { dispatchMatmulWorkgroup } from "./matmulWorkgroup.ts";
import { dispatchMaxPool } from "./maxPool.ts";
import { packDepthwise } from "./packDepthwise.ts";
import { packMatmul } from "./packMatmul.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

const epilogue: Epilogue = { layerNorm: true, gelu: true, residual: true, relu: false };
const window = { batch: 1, height: 6, width: 5, kernelSize: [3, 3], stride: 2, padding: [1, 1] } as const;

/** A product of 9 rows, 12 inputs and 8 outputs. */
const sizes = { batch: 9, height: 1, width: 1, inputs: 12, outputs: 8, patch: 1, epsilon: 1e-6 };
const operands = (() => {
  const { weights, bias } = packMatmul(
    { weight: noise(96, 2), bias: noise(8, 3) },
    { inputs: 12, outputs: 8, area: 1 },
  );
  return [noise(108), weights, bias, noise(72, 4)];
})();

const convolved = packMatmul(
  { weight: noise(8 * 12 * 9, 2), bias: noise(8, 3) },
  { inputs: 12, outputs: 8, area: 9 },
);
const mixed = packDepthwise(12, [
  { start: 4, count: 8, kernelSize: [1, 5], weight: noise(40, 2), bias: noise(8, 3) },
]);
const part = packDepthwise(8, [
  { start: 0, count: 8, kernelSize: [1, 5], weight: noise(40, 2), bias: noise(8, 3) },
]);

const cases: Readonly<Record<string, readonly [Dispatch, readonly (Float32Array | Int32Array)[]]>> = {
  "matmul registers": [dispatchMatmulRegisters({ rows: 3, columns: 2 }, epilogue, sizes), operands],
  "matmul workgroup": [dispatchMatmulWorkgroup({ rows: 1, columns: 2 }, epilogue, sizes), operands],
  "matmul subgroups": [dispatchMatmulSubgroups(epilogue, sizes), operands],
  convolution: [
    dispatchConvolution({ gelu: false, residual: false, relu: true }, { ...window, inputs: 12, outputs: 8 }),
    [noise(360), convolved.weights, convolved.bias],
  ],
  depthwise: [
    dispatchDepthwise({ batch: 1, height: 6, width: 5, channels: 12 }),
    [noise(360), mixed.weights, mixed.bias, mixed.table],
  ],
  "layer norm": [dispatchLayerNorm(30, 12, 1e-6), [noise(360), noise(12, 2), noise(12, 3)]],
  "average pool": [dispatchAveragePool(1, 30, 12), [noise(360)]],
  "average pool 2d": [
    dispatchAveragePool2d({ batch: 1, height: 6, width: 5, channels: 12, kernelSize: [3, 3] }, true),
    [noise(360), noise(360, 2)],
  ],
  "depthwise of a part": [
    dispatchDepthwise({ batch: 1, height: 6, width: 5, channels: 12 }, { start: 2, count: 8 }),
    [noise(360), part.weights, part.bias, part.table],
  ],
  channels: [
    dispatchChannels(30, [12, 8], 8),
    [
      noise(360),
      packChannels([1, 0].map((input) => ({ input, channels: { start: 3, count: 4 } }))),
      noise(240, 2),
    ],
  ],
  affine: [dispatchElementwise("affine", 30, 12), [noise(360), noise(12, 2), noise(12, 3)]],
  "max pool": [dispatchMaxPool({ ...window, inputs: 12 }), [noise(360)]],
};

describe("kernels on halves", () => {
  const gpu = useTestGpu();

  for (const [name, [dispatch, inputs]] of Object.entries(cases)) {
    it(name, async ({ skip }) => {
      const { run, backend } = gpu();
      const isMissing = dispatch.kernel.usesSubgroups && !backend.device.features.has("subgroups");
      skip(isMissing === true, "The adapter has no subgroups.");
      const rounded = inputs.map((data) =>
        data instanceof Float32Array ? fromFloat16(toHalves(data)) : data,
      );
      const exact = await run(dispatch, rounded);
      const halves = await run(dispatch, rounded, "f16");
      expect(halves.length).toBe(exact.length);
      for (const [index, value] of exact.entries()) {
        const unit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(value))) - 10), 2 ** -24);
        expect(Math.abs((halves[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(unit);
      }
    });
  }

  it("keeps what is too large as the largest half", async () => {
    const large = Float32Array.of(6e4, -6e4, 1, 0);
    const weight = Float32Array.of(2, 2, 2, 2);
    const { weights, bias, table } = packDepthwise(4, [
      { start: 0, count: 4, kernelSize: [1, 1], weight, bias: undefined },
    ]);
    const dispatch = dispatchDepthwise({ batch: 1, height: 1, width: 1, channels: 4 });
    expect([...(await gpu().run(dispatch, [large, weights, bias, table], "f16"))]).toEqual([
      65504, -65504, 2, 0,
    ]);
  });
});
