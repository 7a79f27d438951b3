import { describe, expect, it } from "vitest";
import type { Verification } from "../../model/engine/api.ts";
import { agrees, kernelVerdict, smallNumber, wayOf } from "./kernelVerdict.ts";

function verification(...differences: readonly number[]): Verification {
  const kernels = ["fused", "stock"] as const;
  return {
    runs: differences.map((difference, index) => ({
      backend: "webgpu",
      kernels: kernels[index] ?? "folded",
      ms: 1,
      difference,
    })),
    reference: { backend: "cpu", kernels: "stock", ms: 1 },
  };
}

describe("the verdict on the kernels", () => {
  it("is agreement up to a thousandth of a standard deviation", () => {
    expect(kernelVerdict(verification(3e-6, 1e-3)).isAgreed).toBe(true);
    expect(kernelVerdict(verification(3e-6, 1.1e-3)).isAgreed).toBe(false);
  });

  it("allows halves twenty times as much", () => {
    const halves = (difference: number) => ({ kernels: "fused-f16", difference }) as const;
    expect(agrees(halves(0.02))).toBe(true);
    expect(agrees(halves(0.021))).toBe(false);
    expect(agrees({ kernels: "fused-subgroups", difference: 0.02 })).toBe(false);
  });

  it("names what differs", () => {
    expect(kernelVerdict(verification(0.2, 0)).text).toBe("Own kernels, WebGPU differs on this network");
    expect(kernelVerdict(verification(0.2, 0.3)).text).toContain("and Stock operations, WebGPU differ on");
  });

  it("takes what is not a number for a difference", () => {
    expect(kernelVerdict(verification(Number.NaN)).isAgreed).toBe(false);
  });

  it("names every way to run", () => {
    expect(wayOf({ kernels: "folded", backend: "cpu" })).toBe("Folded operations, Plain JavaScript");
  });
});

it.each([
  [0, "0"],
  [3.14e-6, "3.1 × 10⁻⁶"],
  [1.2e-12, "1.2 × 10⁻¹²"],
  [0.00123, "0.0012"],
  [0.5, "0.5"],
  [Number.NaN, "no number"],
])("%d reads %s", (value, text) => {
  expect(smallNumber(value)).toBe(text);
});
