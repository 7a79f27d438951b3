import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { elementCount } from "../graph/elementCount.ts";
import { hashes, seededInput, seededTensor } from "./seeded.ts";

/** First values of tensors in the reference checkpoint `micro.safetensors`, which PyTorch wrote. */
const reference: readonly [key: string, shape: readonly number[], first: readonly number[]][] = [
  ["stem.0.weight", [16, 3, 4, 4], [-0.22704543, 0.09261593, -0.11541947, -0.2077782]],
  ["stem.0.bias", [16], [-0.02598233, 0.04690868, 0.01593436, -0.04850347]],
  ["stem.1.weight", [16], [1.0261495, 1.2041931, 0.8788908, 0.8748128]],
  ["stem.1.running_mean", [16], [-0.20751248, 0.02966363, -0.24878149, 0.23736335]],
  ["stem.1.running_var", [16], [0.7102566, 1.2279161, 0.83000857, 0.7920821]],
  ["stages.0.blocks.0.gamma", [16], [0.3723751, 0.35707888, 0.6030838, 0.30800423]],
  ["head.fc1.weight", [192, 64], [-0.12401143, 0.04480963, 0.00711064, 0.08450161]],
];

describe("seededTensor", () => {
  it.each(reference)("%s has the reference's values", (key, shape, first) => {
    const values = seededTensor(key, shape);
    expect(values.length).toBe(elementCount(shape));
    for (const [i, value] of first.entries()) expect(values[i]).toBeCloseTo(value, 7);
  });

  it("gives the reference checkpoint's first tensor bit for bit", () => {
    const file = readFileSync(new URL("./fixtures/checkpoints/micro.safetensors", import.meta.url));
    const headerBytes = Number(file.readBigUInt64LE(0));
    const header = JSON.parse(file.subarray(8, 8 + headerBytes).toString());
    const [start, end] = header["stem.0.weight"].data_offsets;
    const expected = new Float32Array(
      file.buffer.slice(file.byteOffset + 8 + headerBytes + start, file.byteOffset + 8 + headerBytes + end),
    );
    expect(seededTensor("stem.0.weight", [16, 3, 4, 4])).toEqual(expected);
  });

  it("depends on the key", () => {
    expect(seededTensor("a.weight", [4, 4])).not.toEqual(seededTensor("b.weight", [4, 4]));
  });
});

describe("seededInput", () => {
  it("is 1.5 times the formula, in NCHW order of the whole batch", () => {
    const input = seededInput(8, 2);
    expect(input.length).toBe(2 * 3 * 8 * 8);
    const hash = hashes("input:8", 301)[300] ?? Number.NaN;
    expect(input[300]).toBe(Math.fround(1.5 * ((hash / 2 ** 32) * 2 - 1)));
    expect(Math.max(...input)).toBeLessThan(1.5);
    expect(Math.min(...input)).toBeLessThan(-1);
  });
});
