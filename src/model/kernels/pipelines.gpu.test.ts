import { describe, expect, it } from "vitest";
import type { Dispatch, Kernel } from "./kernel.ts";
import { KernelError, pipelinesOf } from "./pipelines.ts";
import { noise, useTestGpu } from "./webgpu.testing.ts";

const scale: Kernel = {
  name: "scale",
  inputs: [{ name: "x", element: "vec4<f32>" }],
  uniforms: { count: "i32", factor: "f32" },
  workgroupSize: 1,
  code: "fn run(group: i32, thread: i32) { if (group < uniforms.count) { result[group] = uniforms.factor * x[group]; } }",
};

const dispatch = (kernel: Kernel, count: number, factor = 2): Dispatch => ({
  kernel,
  uniforms: { count, factor },
  workgroups: count,
  outputShape: [count * 4],
});

describe("pipelines", () => {
  const gpu = useTestGpu();

  it("rejects a broken shader with the compiler's message", async () => {
    const broken = { ...scale, code: "fn run(group: i32, thread: i32) { result[group] = y[group]; }" };
    const run = gpu().run(dispatch(broken, 1), [noise(4)]);
    await expect(run).rejects.toThrow(KernelError);
    await expect(run).rejects.toThrow(/Kernel scale does not compile .*unresolved value 'y'/s);
  });

  it("hears of errors at run time, which WebGPU does not throw", async () => {
    const { run, errors, backend } = gpu();
    // Two buffers for a kernel that binds one.
    await run(dispatch(scale, 1), [noise(4), noise(4)]);
    await backend.queue.onSubmittedWorkDone();
    expect(errors.splice(0).join()).toMatch(/entries/);
  });

  it("keeps kernels apart that differ in nothing but their code", async () => {
    const negative = { ...scale, code: scale.code.replace("= uniforms", "= -uniforms") };
    const x = noise(4);
    expect(await gpu().run(dispatch(scale, 1), [x])).toEqual(x.map((value) => 2 * value));
    expect(await gpu().run(dispatch(negative, 1), [x])).toEqual(x.map((value) => -2 * value));
  });

  it("compiles once for all sizes and values", async () => {
    const before = pipelinesOf(gpu().backend.device).size;
    const x = noise(4 * 70_000);
    // More workgroups than one dimension of a grid may have.
    expect(await gpu().run(dispatch(scale, 70_000, 3), [x])).toEqual(x.map((value) => 3 * value));
    expect(pipelinesOf(gpu().backend.device).size).toBe(before);
  });
});
