import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import { convolutionReference, maxPoolReference } from "./convolution.testing.ts";
import {
  type ConvolutionEpilogue,
  type ConvolutionSizes,
  convolvedSize,
  dispatchConvolution,
} from "./convolution.ts";
import { dispatchMaxPool } from "./maxPool.ts";
import { packMatmul } from "./packMatmul.ts";
import { padChannels } from "./padding.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

const square = (size: number, side: number, stride: number, inputs: number, outputs: number) => ({
  batch: 2,
  height: size,
  width: size + 1,
  inputs,
  outputs,
  kernelSize: [side, side] as const,
  stride,
  padding: [(side - 1) / 2, (side - 1) / 2] as const,
});

const plain: ConvolutionEpilogue = { gelu: false, residual: false, relu: false };
const cases: readonly { epilogue: ConvolutionEpilogue; sizes: ConvolutionSizes }[] = [
  { epilogue: plain, sizes: square(9, 3, 1, 8, 24) },
  { epilogue: plain, sizes: square(11, 7, 2, 3, 10) },
  { epilogue: plain, sizes: square(8, 1, 2, 12, 20) },
  { epilogue: { ...plain, relu: true }, sizes: square(7, 3, 2, 5, 9) },
  { epilogue: { gelu: true, residual: true, relu: true }, sizes: square(5, 3, 1, 4, 8) },
  { epilogue: plain, sizes: { ...square(6, 3, 1, 6, 7), kernelSize: [1, 5], padding: [0, 1] } },
];

describe("dense convolution", () => {
  const gpu = useTestGpu();
  it.each(cases)("agrees with the CPU: $epilogue, $sizes", async ({ epilogue, sizes }) => {
    const { batch, height, width, inputs, outputs, kernelSize } = sizes;
    const area = kernelSize[0] * kernelSize[1];
    const x = noise(batch * height * width * inputs);
    const weights = { weight: noise(outputs * inputs * area, 2), bias: noise(outputs, 3) };
    const [outHeight, outWidth] = convolvedSize(sizes);
    const residual = noise(batch * outHeight * outWidth * outputs, 4);
    const packed = packMatmul(weights, { inputs, outputs, area });
    const result = await gpu().run(dispatchConvolution(epilogue, sizes), [
      padChannels(x, inputs),
      packed.weights,
      packed.bias,
      ...(epilogue.residual ? [padChannels(residual, outputs)] : []),
    ]);
    const expected = convolutionReference(x, weights, epilogue, sizes, residual);
    expect(largestDifference(result, padChannels(expected, outputs))).toBeLessThan(2e-5);
  });
});

describe("max pool", () => {
  const gpu = useTestGpu();
  it.each([square(9, 3, 2, 12, 0), square(6, 3, 1, 5, 0)])("agrees with the CPU: %o", async (sizes) => {
    const { batch, height, width, inputs } = sizes;
    // Below 0 throughout, so that a border of zeros would be seen.
    const x = noise(batch * height * width * inputs).map((value) => value - 2);
    const result = await gpu().run(dispatchMaxPool(sizes), [padChannels(x, inputs)]);
    const expected = maxPoolReference(x, sizes, inputs);
    expect(largestDifference(result, padChannels(expected, inputs))).toBe(0);
  });
});
