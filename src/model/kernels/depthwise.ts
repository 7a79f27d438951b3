/**
 * @file Depthwise convolution with a rectangle of its own for every group of channels, all in one dispatch: the Inception
 * mixer's four branches, ConvNeXt's k x k, the partial convolution, any branch on or off.
 *
 * Every vector of four channels has a list of rectangular kernels whose results are summed: identity is 1 x 1 of weight
 * 1, the square is k x k, the bands are 1 x k and k x 1. A vector that lies across two branches (10-channel branches do)
 * has both rectangles, each with weight 0 for the channels that are the other's. The lists lie in a table, so kernel
 * sizes, ratios and branches that are off are data: no edit of the mixer needs another pipeline, and nothing falls to
 * scalar code.
 *
 * Tiling: a thread computes `outputs` pixels side by side of one vector; a tap costs one load of its weight and `outputs`
 * loads of pixels. Taps that lie outside of the image for all of a thread's pixels are left out of its loops, which at
 * 7 x 7 pixels spares a band of 11 half of its work. Neighbouring threads take two neighbouring vectors of neighbouring
 * pixels: mostly the same taps, so that they run in step, and 32 adjacent bytes of memory.
 */
import type { ChannelRange } from "../graph/types.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

export interface DepthwiseSizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const threads = 64;
const outputs = 4;
/** Neighbouring vectors of channels in neighbouring threads. */
const abreast = 2;
const pixels = Array.from({ length: outputs }, (_, index) => index);
const lines = (line: (index: number) => string) => pixels.map(line).join("\n");

/** How the kernel reads its input. */
interface Reading {
  readonly name: string;
  readonly uniforms: Kernel["uniforms"];
  /** WGSL that `pixel` may call. */
  readonly functions: string;
  /** Vectors of a pixel of the input. */
  readonly pitch: string;
  /** Where the image begins in the input, at the result's vector of channels. */
  readonly origin: string;
  /** Four channels of the input, given the place of the same vector of channels in the result. */
  readonly pixel: (place: string) => string;
}

const whole: Reading = {
  name: "depthwise",
  uniforms: {},
  functions: "",
  pitch: "uniforms.channels",
  origin: "start",
  pixel: (place) => `load(x[${place}])`,
};

/** The result has a part of the input's channels, which may begin within a vector: each read then takes two. */
const part: Reading = {
  name: "depthwise of a part",
  uniforms: { pitch: "i32", first: "i32", shift: "i32" },
  functions: `
fn stretch(channel: i32, at: i32) -> vec4<f32> {
  let isLast = uniforms.first + channel + 1 >= uniforms.pitch;
  let a = load(x[at + uniforms.first]);
  let b = select(load(x[at + uniforms.first + 1]), vec4<f32>(0.0), isLast);
  switch (uniforms.shift) {
    case 1: { return vec4<f32>(a.yzw, b.x); }
    case 2: { return vec4<f32>(a.zw, b.xy); }
    case 3: { return vec4<f32>(a.w, b.xyz); }
    default: { return a; }
  }
}
`,
  pitch: "uniforms.pitch",
  origin: "image * uniforms.height * uniforms.width * uniforms.pitch + channel",
  pixel: (place) => `stretch(channel, ${place})`,
};

/** Inputs: `x`, `weights`, `bias` and `table` as `packDepthwise` makes them. */
const kernelOf = ({ name, uniforms, functions, pitch, origin, pixel }: Reading): Kernel => ({
  name,
  inputs: [
    { name: "x", element: "stored" },
    { name: "weights", element: "stored" },
    { name: "bias", element: "stored" },
    { name: "table", element: "vec4<i32>" },
  ],
  uniforms: { images: "i32", height: "i32", width: "i32", channels: "i32", ...uniforms },
  workgroupSize: threads,
  code: `${functions}
fn run(group: i32, thread: i32) {
  let across = (uniforms.width + ${outputs - 1}) / ${outputs};
  let tiles = uniforms.images * uniforms.height * across;
  let index = group * ${threads} + thread;
  let slab = index / (${abreast} * tiles);
  let inSlab = index - slab * ${abreast} * tiles;
  let tile = inSlab / ${abreast};
  let channel = ${abreast} * slab + inSlab - ${abreast} * tile;
  if (channel >= uniforms.channels) { return; }
  let line = tile / across;
  let image = line / uniforms.height;
  let y = line - image * uniforms.height;
  let x0 = (tile - line * across) * ${outputs};
  let start = image * uniforms.height * uniforms.width * uniforms.channels + channel;
  let origin = ${origin};
${lines((p) => `  var y${p} = load(bias[channel]);`)}
  let list = table[channel];
  for (var part = list.x; part < list.y; part++) {
    let rectangle = table[part]; // rows, columns, first weight
    let top = y - rectangle.x / 2;
    let left = x0 - rectangle.y / 2;
    let lastRow = min(rectangle.x, uniforms.height - top);
    let firstColumn = max(0, -left - ${outputs - 1});
    let lastColumn = min(rectangle.y, uniforms.width - left);
    for (var row = max(0, -top); row < lastRow; row++) {
      let pixelRow = (top + row) * uniforms.width;
      for (var column = firstColumn; column < lastColumn; column++) {
        let w = load(weights[rectangle.z + row * rectangle.y + column]);
        let at = left + column;
        let source = origin + (pixelRow + at) * ${pitch};
${lines(
  (p) =>
    `        y${p} += w * select(vec4<f32>(0.0), ${pixel(`source + ${p} * ${pitch}`)}, at + ${p} >= 0 && at + ${p} < uniforms.width);`,
)}
      }
    }
  }
  let place = start + (y * uniforms.width + x0) * uniforms.channels;
${lines((p) => `  if (x0 + ${p} < uniforms.width) { result[place + ${p} * uniforms.channels] = store(y${p}); }`)}
}`,
});

const depthwise = kernelOf(whole);
const depthwiseOfPart = kernelOf(part);

/** `range` are the channels of the input that the result has; the weights are packed for so many channels. */
export function dispatchDepthwise(
  { batch, height, width, channels }: DepthwiseSizes,
  range: ChannelRange = { start: 0, count: channels },
): Dispatch {
  const tiles = batch * height * Math.ceil(width / outputs);
  const groups = vectors(range.count);
  const uniforms = { images: batch, height, width, channels: groups };
  const place = { pitch: vectors(channels), first: Math.floor(range.start / 4), shift: range.start % 4 };
  const isWhole = range.count === channels;
  return {
    kernel: isWhole ? depthwise : depthwiseOfPart,
    uniforms: isWhole ? uniforms : { ...uniforms, ...place },
    workgroups: Math.ceil((tiles * abreast * Math.ceil(groups / abreast)) / threads),
    outputShape: [batch, height, width, padded(range.count)],
  };
}
