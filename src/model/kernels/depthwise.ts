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

/** Inputs: `x`, `weights`, `bias` and `table` as `packDepthwise` makes them. */
const depthwise: Kernel = {
  name: "depthwise",
  inputs: [
    { name: "x", element: "stored" },
    { name: "weights", element: "stored" },
    { name: "bias", element: "stored" },
    { name: "table", element: "vec4<i32>" },
  ],
  uniforms: { images: "i32", height: "i32", width: "i32", channels: "i32" },
  workgroupSize: threads,
  code: `
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
        let source = start + (pixelRow + at) * uniforms.channels;
${lines(
  (p) =>
    `        y${p} += w * select(vec4<f32>(0.0), load(x[source + ${p} * uniforms.channels]), at + ${p} >= 0 && at + ${p} < uniforms.width);`,
)}
      }
    }
  }
  let place = start + (y * uniforms.width + x0) * uniforms.channels;
${lines((p) => `  if (x0 + ${p} < uniforms.width) { result[place + ${p} * uniforms.channels] = store(y${p}); }`)}
}`,
};

export function dispatchDepthwise({ batch, height, width, channels }: DepthwiseSizes): Dispatch {
  const tiles = batch * height * Math.ceil(width / outputs);
  return {
    kernel: depthwise,
    uniforms: { images: batch, height, width, channels: vectors(channels) },
    workgroups: Math.ceil((tiles * abreast * Math.ceil(vectors(channels) / abreast)) / threads),
    outputShape: [batch, height, width, padded(channels)],
  };
}
