import { describe, expect, it } from "vitest";
import type { TensorRole } from "../graph/types.ts";
import { initialGamma, initialTensor } from "./initial.ts";

const tensor = (role: TensorRole, shape: readonly number[], key = `layer.${role}`) =>
  initialTensor({ key, role, shape });

describe("initialTensor", () => {
  it("draws convolutions and linear layers from a normal distribution of 0.02", () => {
    const values = tensor("weight", [100, 25, 3, 3]);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const std = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(std).toBeCloseTo(0.02, 3);
    const within = values.filter((value) => Math.abs(value) < 0.02).length / values.length;
    expect(within).toBeCloseTo(0.6827, 1);
  });

  it("gives norms, biases, statistics and layer scale their constants", () => {
    expect(new Set(tensor("weight", [8]))).toEqual(new Set([1]));
    expect(new Set(tensor("bias", [8]))).toEqual(new Set([0]));
    expect(new Set(tensor("runningMean", [8]))).toEqual(new Set([0]));
    expect(new Set(tensor("runningVar", [8]))).toEqual(new Set([1]));
    expect(new Set(tensor("gamma", [8]))).toEqual(new Set([Math.fround(initialGamma)]));
  });

  it("is the same for the same key, another for another, and fills odd lengths", () => {
    expect(tensor("weight", [3, 1, 3, 1], "a")).toEqual(tensor("weight", [3, 1, 3, 1], "a"));
    expect(tensor("weight", [3, 1, 3, 1], "a")).not.toEqual(tensor("weight", [3, 1, 3, 1], "b"));
    expect(tensor("weight", [3, 1, 3, 1], "a").every((value) => value !== 0)).toBe(true);
  });
});
