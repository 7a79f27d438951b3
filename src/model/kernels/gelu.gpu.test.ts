import { describe, expect, it } from "vitest";
import { gelu, geluCode } from "./gelu.ts";
import type { Kernel } from "./kernel.ts";
import { largestDifference, useTestGpu } from "./webgpu.testing.ts";

const kernel: Kernel = {
  name: "gelu",
  inputs: [{ name: "x", element: "vec4<f32>" }],
  uniforms: { count: "i32" },
  workgroupSize: 64,
  code: `${geluCode}
fn run(group: i32, thread: i32) {
  let index = group * 64 + thread;
  if (index < uniforms.count) { result[index] = gelu(x[index]); }
}`,
};

describe("GELU", () => {
  const gpu = useTestGpu();

  it("knows the exact values", () => {
    // Python: 0.5 * x * math.erfc(-x / math.sqrt(2))
    expect(gelu(0)).toBe(0);
    expect(gelu(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(gelu(-2)).toBeCloseTo(-0.04550026389635844, 15);
    expect(gelu(-6)).toBeCloseTo(-5.919525870226207e-9, 20);
    expect(gelu(3.5)).toBeCloseTo(3.4991857982233756, 13);
  });

  it("is off by at most 5e-7 anywhere on the GPU", async () => {
    const x = Float32Array.from({ length: 4 * 4096 }, (_, index) => (index / 8192 - 1) * 12);
    const count = x.length / 4;
    const result = await gpu().run(
      { kernel, uniforms: { count }, workgroups: count / 64, outputShape: [x.length] },
      [x],
    );
    expect(largestDifference(result, x.map(gelu))).toBeLessThan(5e-7);
  });
});
