import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import type { Dispatch } from "./kernel.ts";
import { matmulReference } from "./matmul.testing.ts";
import { type Epilogue, epilogueName, type MatmulSizes } from "./matmul.ts";
import { dispatchMatmulRegisters } from "./matmulRegisters.ts";
import { dispatchMatmulSubgroups } from "./matmulSubgroups.ts";
import { dispatchMatmulWorkgroup } from "./matmulWorkgroup.ts";
import { packMatmul } from "./packMatmul.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

type Program = (epilogue: Epilogue, sizes: MatmulSizes) => Dispatch;

/** Small tiles compile fast; larger ones are the same text with more lines. */
const programs: Readonly<Record<string, Program>> = {
  "registers 1x4": (...args) => dispatchMatmulRegisters({ rows: 1, columns: 1 }, ...args),
  "registers 3x8": (...args) => dispatchMatmulRegisters({ rows: 3, columns: 2 }, ...args),
  "workgroup 16x32": (...args) => dispatchMatmulWorkgroup({ rows: 2, columns: 1 }, ...args),
  "workgroup 8x64": (...args) => dispatchMatmulWorkgroup({ rows: 1, columns: 2 }, ...args),
  subgroups: (...args) => dispatchMatmulSubgroups(...args),
};

const pointwise = (rows: number, inputs: number, outputs: number): MatmulSizes => ({
  batch: rows,
  height: 1,
  width: 1,
  inputs,
  outputs,
  patch: 1,
  epsilon: 1e-6,
});

const patches = (patch: number, size: number, inputs: number, outputs: number): MatmulSizes => ({
  batch: 2,
  height: size,
  width: size + 1,
  inputs,
  outputs,
  patch,
  epsilon: 1e-6,
});

const plain: Epilogue = { layerNorm: false, gelu: false, residual: false, relu: false };
const cases: readonly { epilogue: Epilogue; sizes: MatmulSizes; centre?: number }[] = [
  { epilogue: plain, sizes: pointwise(49, 64, 96) },
  { epilogue: plain, sizes: pointwise(3, 5, 7) },
  { epilogue: plain, sizes: pointwise(1, 1, 1) },
  { epilogue: plain, sizes: patches(4, 16, 3, 40) },
  { epilogue: plain, sizes: patches(2, 9, 10, 22) },
  { epilogue: { ...plain, gelu: true }, sizes: pointwise(33, 36, 70) },
  { epilogue: { ...plain, residual: true }, sizes: pointwise(33, 70, 36) },
  { epilogue: { ...plain, layerNorm: true }, sizes: pointwise(9, 42, 10) },
  // The mean far above the spread: a variance from plain sums of squares would be off by ten times what is allowed.
  { epilogue: { ...plain, layerNorm: true }, sizes: pointwise(9, 42, 10), centre: 64 },
  { epilogue: { ...plain, residual: true, relu: true }, sizes: pointwise(33, 24, 12) },
  { epilogue: { layerNorm: true, gelu: true, residual: true, relu: true }, sizes: pointwise(50, 30, 30) },
];

describe("matrix products", () => {
  const gpu = useTestGpu();

  for (const [program, dispatch] of Object.entries(programs)) {
    for (const { epilogue, sizes, centre = 0.5 } of cases) {
      const { batch, height, width, inputs, outputs, patch } = sizes;
      const shape = `[${batch}, ${height}, ${width}, ${inputs}] to ${outputs}, patches of ${patch}, around ${centre}`;
      it(`${program} agrees with the CPU: ${epilogueName(epilogue)}, ${shape}`, async ({ skip }) => {
        const { features } = gpu().backend.device;
        skip(program === "subgroups" && !features.has("subgroups"), "The adapter has no subgroups.");
        // Off centre, so that a layer norm that forgets the mean is seen.
        const x = noise(batch * height * width * inputs).map((value) => value + centre);
        const weight = noise(outputs * inputs * patch * patch, 2);
        const bias = noise(outputs, 3);
        const layerNorm = epilogue.layerNorm
          ? { weight: noise(inputs, 4), bias: noise(inputs, 5) }
          : undefined;
        const residual = noise(batch * Math.floor(height / patch) * Math.floor(width / patch) * outputs, 6);
        const packed = packMatmul({ weight, bias, layerNorm }, { inputs, outputs, area: patch * patch });
        const result = await gpu().run(dispatch(epilogue, sizes), [
          padChannels(x, inputs),
          packed.weights,
          packed.bias,
          ...(epilogue.residual ? [padChannels(residual, outputs)] : []),
        ]);
        const expected = matmulReference(x, { weight, bias, layerNorm }, epilogue, sizes, residual);
        expect(largestDifference(result, padChannels(expected, outputs))).toBeLessThan(2e-5 + 2e-6 * centre);
      });
    }
  }
});
