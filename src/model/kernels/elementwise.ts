/**
 * @file Layers that take every value by itself, where no product takes them in: activations, a factor and an offset a
 * channel (batch norm, layer scale), sums and differences of two tensors.
 *
 * Tiling: neighbouring threads take neighbouring vectors, so that every step reads and writes one contiguous run of memory.
 */
import { geluCode } from "./gelu.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

export type Elementwise = "gelu" | "relu" | "affine" | "add" | "subtract";

const threads = 64;

interface Form {
  /** What is read besides `x`. */
  readonly others: readonly string[];
  /** Of the vector at `index`, which holds the channels `channel`. Of 0 it is 0, as channels that only pad must stay. */
  readonly value: string;
  readonly functions?: string;
}

const forms: Readonly<Record<Elementwise, Form>> = {
  gelu: { others: [], value: "gelu(load(x[index]))", functions: geluCode },
  relu: { others: [], value: "max(load(x[index]), vec4<f32>(0.0))" },
  affine: {
    others: ["factor", "offset"],
    value: "load(x[index]) * load(factor[channel]) + load(offset[channel])",
  },
  add: { others: ["other"], value: "load(x[index]) + load(other[index])" },
  subtract: { others: ["other"], value: "load(x[index]) - load(other[index])" },
};

/** Inputs: `x`; of `affine` then the factor and the offset, padded with 0 as the channels are; of the last two another tensor. */
export function dispatchElementwise(of: Elementwise, pixels: number, channels: number): Dispatch {
  const size = pixels * vectors(channels);
  return {
    kernel: kernelOf(of),
    uniforms: { size, channels: vectors(channels) },
    workgroups: Math.ceil(size / threads),
    outputShape: [pixels, padded(channels)],
  };
}

function kernelOf(of: Elementwise): Kernel {
  const { others, value, functions = "" } = forms[of];
  return {
    name: of,
    inputs: ["x", ...others].map((name) => ({ name, element: "stored" })),
    uniforms: {
      /** Vectors of the result, and of each of its pixels. */
      size: "i32",
      channels: "i32",
    },
    workgroupSize: threads,
    code: `${functions}
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index >= uniforms.size) { return; }
  let channel = index % uniforms.channels;
  result[index] = store(${value});
}`,
  };
}
