import { describe, expect, it } from "vitest";
import { largestDifference } from "../graph/difference.ts";
import { gelu } from "../graph/gelu.ts";
import { geluCode } from "./gelu.ts";
import type { Kernel } from "./kernel.ts";
import { useTestGpu } from "./webgpu.testing.ts";

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

  it("is off by at most 5e-7 on the GPU, and of x where that is above 1", async () => {
    const x = Float32Array.from({ length: 4 * 4096 }, (_, index) => (index / 8192 - 1) * 12);
    const count = x.length / 4;
    const result = await gpu().run(
      { kernel, uniforms: { count }, workgroups: count / 64, outputShape: [x.length] },
      [x],
    );
    const relative = (values: Float32Array) =>
      values.map((y, index) => y / Math.max(1, Math.abs(x[index] ?? 0)));
    expect(largestDifference(relative(result), relative(x.map(gelu)))).toBeLessThan(5e-7);
  });
});
