/**
 * @file Cuts and joins along the channels that no depthwise convolution takes in: a map made of channels of others.
 *
 * Which channel comes from where lies in a table, so ranges and their number are data; only how many maps are read is in
 * the program.
 *
 * Tiling: a thread makes one vector of four channels of one pixel, channel by channel, since they may begin anywhere in a
 * vector; neighbouring threads make neighbouring vectors.
 */
import type { ChannelPart } from "../graph/passes/fused.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

const threads = 64;

/** Every device can bind eight buffers, two of which are the result and the table. */
const mostMaps = 6;

/** For every vector of the result, two of the table: the maps that its four channels come from, and their place there. */
export function packChannels(parts: readonly ChannelPart[]): Int32Array {
  const origins = parts.flatMap(({ input, channels: { start, count } }) =>
    Array.from({ length: count }, (_, index) => ({ map: input, channel: start + index })),
  );
  const table = new Int32Array(8 * vectors(origins.length));
  for (let index = 0; index < padded(origins.length); index++) {
    const { map, channel } = origins[index] ?? { map: -1, channel: 0 };
    const at = 8 * Math.floor(index / 4) + (index % 4);
    table[at] = map;
    table[at + 4] = channel;
  }
  return table;
}

/**
 * Inputs: the first map, the table, the other maps. `widths` are the channels of the maps.
 * @throws Error if there are more maps than every device can bind
 */
export function dispatchChannels(pixels: number, widths: readonly number[], channels: number): Dispatch {
  if (widths.length > mostMaps) throw new Error(`One operation joins at most ${mostMaps} maps.`);
  const size = pixels * vectors(channels);
  const pitches = widths.map((width, map) => [`pitch${map}`, vectors(width)] as const);
  return {
    kernel: kernelOf(widths.length),
    uniforms: { size, channels: vectors(channels), ...Object.fromEntries(pitches) },
    workgroups: Math.ceil(size / threads),
    outputShape: [pixels, padded(channels)],
  };
}

function kernelOf(count: number): Kernel {
  const maps = Array.from({ length: count }, (_, map) => map);
  return {
    name: `channels of ${count}`,
    inputs: [
      { name: "map0", element: "stored" },
      { name: "table", element: "vec4<i32>" },
      ...maps.slice(1).map((map) => ({ name: `map${map}`, element: "stored" as const })),
    ],
    uniforms: {
      /** Vectors of the result, and of each of its pixels. */
      size: "i32",
      channels: "i32",
      /** Vectors of a pixel of each map. */
      ...Object.fromEntries(maps.map((map) => [`pitch${map}`, "i32" as const])),
    },
    workgroupSize: threads,
    code: `
fn value(map: i32, pixel: i32, channel: i32) -> f32 {
  switch (map) {
${maps
  .map(
    (map) =>
      `    case ${map}: { return load(map${map}[pixel * uniforms.pitch${map} + channel / 4])[channel % 4]; }`,
  )
  .join("\n")}
    default: { return 0.0; }
  }
}

fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  if (index >= uniforms.size) { return; }
  let pixel = index / uniforms.channels;
  let vector = index - pixel * uniforms.channels;
  let maps = table[2 * vector];
  let places = table[2 * vector + 1];
  result[index] = store(vec4<f32>(
    value(maps.x, pixel, places.x),
    value(maps.y, pixel, places.y),
    value(maps.z, pixel, places.z),
    value(maps.w, pixel, places.w),
  ));
}`,
  };
}
