/**
 * @file A copy, which does nothing but move memory: what bandwidth is measured with.
 *
 * Tiling: neighbouring threads copy neighbouring vectors, so that every step reads and writes one contiguous run of memory.
 */
import type { Dispatch, Kernel } from "./kernel.ts";

const threads = 256;

/** Input: `x`. */
const copy: Kernel = {
  name: "copy",
  inputs: [{ name: "x", element: "stored" }],
  uniforms: { length: "i32" },
  workgroupSize: threads,
  code: `
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index < uniforms.length) { result[index] = x[index]; }
}`,
};

/** @param length In vectors of four floats. */
export function dispatchCopy(length: number): Dispatch {
  const workgroups = Math.ceil(length / threads);
  return { kernel: copy, uniforms: { length }, workgroups, outputShape: [4 * length] };
}
