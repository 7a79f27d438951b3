/**
 * @file What a GPU program is, apart from choosing one and binding it.
 *
 * A kernel is what a pipeline is compiled from: its WGSL holds no size of any tensor, only tile sizes. A dispatch is one
 * use of it, with the sizes as uniforms, so that an edit of depth, dim or ratio needs no new pipeline.
 *
 * Layout of all activations: `[N, H, W, C4]`, C4 being the channels rounded up to a multiple of 4, the channels added being
 * 0. Every kernel keeps them 0, so all of them read and write four channels at once whatever the dims are.
 *
 * Activations and weights are stored as float32, or as half as many bytes; a kernel's text is the same for both: it reads
 * four channels by `load(x[at])` and writes them by `result[at] = store(y)`. All arithmetic is float32.
 */

/** How activations and weights lie in memory. */
export type Storage = "f32" | "f16";

/** `stored` are four channels in the storage; anything else lies as it says. */
export type Element = "stored" | "vec4<f32>" | "vec4<i32>";

export interface Kernel {
  readonly name: string;
  /** Storage buffers that it reads, in the order in which they are bound. */
  readonly inputs: readonly { readonly name: string; readonly element: Element }[];
  readonly uniforms: Readonly<Record<string, "i32" | "f32">>;
  /** Threads of a workgroup. */
  readonly workgroupSize: number;
  /**
   * WGSL with `fn run(group: i32, thread: i32)`: `group` counts workgroups, `thread` counts within one. It reads the
   * inputs and `uniforms` by name and writes `result`, an `array<stored>`.
   */
  readonly code: string;
  /** Its `run` has two parameters more, `lane: i32` and `lanes: i32`: its place in the subgroup, and the subgroup's size. */
  readonly usesSubgroups?: true;
}

/** One use of a kernel. */
export interface Dispatch {
  readonly kernel: Kernel;
  /** A value for each of the kernel's uniforms. */
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: number;
  /** Shape of the result, the last dimension being a multiple of 4. */
  readonly outputShape: readonly number[];
}

/** Channels as they lie in memory: rounded up to a multiple of 4. */
export function padded(channels: number): number {
  return Math.ceil(channels / 4) * 4;
}

/** Groups of four channels. */
export function vectors(channels: number): number {
  return Math.ceil(channels / 4);
}

/** Largest number of workgroups along one dimension that every WebGPU device allows. */
const maxWorkgroups = 65_535;

/** Workgroups along x and y: y is used only where x alone would exceed the limit. */
export function workgroupGrid(workgroups: number): readonly [x: number, y: number] {
  const x = Math.min(workgroups, maxWorkgroups);
  return [x, Math.ceil(workgroups / maxWorkgroups)];
}

/** Halves by the conversions that every WebGPU has, so that no adapter needs 16-bit arithmetic for it. */
const storageCode: Readonly<Record<Storage, string>> = {
  f32: `alias stored = vec4<f32>;
fn load(v: stored) -> vec4<f32> { return v; }
fn store(v: vec4<f32>) -> stored { return v; }`,
  f16: `alias stored = vec2<u32>;
fn load(v: stored) -> vec4<f32> { return vec4<f32>(unpack2x16float(v.x), unpack2x16float(v.y)); }
fn store(v: vec4<f32>) -> stored {
  // Beyond the largest half the conversion may give anything.
  let w = clamp(v, vec4<f32>(-65504.0), vec4<f32>(65504.0));
  return vec2<u32>(pack2x16float(w.xy), pack2x16float(w.zw));
}`,
};

/** The whole WGSL module of a kernel. It is also the key under which its pipeline is kept, so no two kernels can be mixed up. */
export function shaderOf(
  { inputs, uniforms, workgroupSize, code, usesSubgroups }: Kernel,
  storage: Storage,
): string {
  const fields = Object.entries(uniforms).map(([name, type]) => `  ${name}: ${type},`);
  const subgroup = ["  @builtin(subgroup_invocation_id) lane: u32,", "  @builtin(subgroup_size) lanes: u32,"];
  return [
    ...(usesSubgroups ? ["enable subgroups;"] : []),
    storageCode[storage],
    "@group(0) @binding(0) var<storage, read_write> result: array<stored>;",
    ...inputs.map(
      ({ name, element }, index) =>
        `@group(0) @binding(${index + 1}) var<storage, read> ${name}: array<${element}>;`,
    ),
    "struct Uniforms {",
    ...fields,
    "}",
    `@group(0) @binding(${inputs.length + 1}) var<uniform> uniforms: Uniforms;`,
    code.trim(),
    `@compute @workgroup_size(${workgroupSize})`,
    "fn main(",
    "  @builtin(workgroup_id) workgroup: vec3<u32>,",
    "  @builtin(num_workgroups) grid: vec3<u32>,",
    "  @builtin(local_invocation_index) thread: u32,",
    ...(usesSubgroups ? subgroup : []),
    ") {",
    `  run(i32(workgroup.y * grid.x + workgroup.x), i32(thread)${usesSubgroups ? ", i32(lane), i32(lanes)" : ""});`,
    "}",
    "",
  ].join("\n");
}

/** The uniform buffer's contents: four bytes a uniform, in the order of the kernel's declaration. */
export function uniformBytes({ kernel, uniforms }: Dispatch): ArrayBuffer {
  const entries = Object.entries(kernel.uniforms);
  const view = new DataView(new ArrayBuffer(entries.length * 4));
  for (const [index, [name, type]] of entries.entries()) {
    const value = uniforms[name];
    if (value === undefined) throw new Error(`Kernel ${kernel.name} was given no uniform ${name}.`);
    if (type === "i32") view.setInt32(index * 4, value, true);
    else view.setFloat32(index * 4, value, true);
  }
  return view.buffer;
}
