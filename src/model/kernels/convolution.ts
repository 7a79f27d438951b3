/**
 * @file Dense convolution of any kernel, stride and padding: y = epilogue(x * W), as the matrix product in registers.
 *
 * The networks of this project need it for the ResNet that they are compared with; their own convolutions read every pixel
 * once, which `matmul.ts` does with less arithmetic.
 *
 * Tiling: a thread computes `rows` output pixels times `columns` vectors of four output channels, and walks the kernel
 * pixel by pixel, each over all input channels: four rows of W a step, shared by its output pixels. What lies beyond the
 * edge is read from a clamped address and counted as 0, so that the walk is the same for all threads.
 */
import type { Size2d } from "../graph/types.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";
import { type Epilogue, epilogueName, finishCode, matmulInputs } from "./matmul.ts";

export interface ConvolutionSizes {
  readonly batch: number;
  /** Of the input, in pixels. */
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernelSize: Size2d;
  readonly stride: number;
  /** Pixels of 0 on either side. */
  readonly padding: Size2d;
}

export type ConvolutionEpilogue = Omit<Epilogue, "layerNorm">;

const threads = 64;
/** Twice the rows are no faster on a software adapter, which takes 40 s to compile them. */
const tile = { rows: 4, columns: 2 } as const;

/** Where a kernel moves over an image: what convolution and pooling share. */
type Window = Pick<ConvolutionSizes, "height" | "width" | "kernelSize" | "stride" | "padding">;

export const windowUniforms = {
  outWidth: "i32",
  height: "i32",
  width: "i32",
  /** Vectors of a pixel of the input. */
  pixel: "i32",
  stride: "i32",
  paddingTop: "i32",
  paddingLeft: "i32",
  kernelHeight: "i32",
  kernelWidth: "i32",
} as const;

/** Values of `windowUniforms`. */
export function windowValues(
  window: Window & Pick<ConvolutionSizes, "inputs">,
): Readonly<Record<keyof typeof windowUniforms, number>> {
  const { height, width, inputs, kernelSize, stride, padding } = window;
  return {
    outWidth: convolvedSize(window)[1],
    height,
    width,
    pixel: vectors(inputs),
    stride,
    paddingTop: padding[0],
    paddingLeft: padding[1],
    kernelHeight: kernelSize[0],
    kernelWidth: kernelSize[1],
  };
}

/** `[outHeight, outWidth]`, as PyTorch counts. */
export function convolvedSize({ height, width, kernelSize, stride, padding }: Window): Size2d {
  const side = (pixels: number, axis: 0 | 1) =>
    Math.floor((pixels + 2 * padding[axis] - kernelSize[axis]) / stride) + 1;
  return [side(height, 0), side(width, 1)];
}

/** Inputs as the matrix product's: `x`, `weights` (packed by `packMatmul`), `bias` and, where it is added, `residual`. */
export function dispatchConvolution(epilogue: ConvolutionEpilogue, sizes: ConvolutionSizes): Dispatch {
  const { batch, outputs } = sizes;
  const [outHeight, outWidth] = convolvedSize(sizes);
  const rows = batch * outHeight * outWidth;
  const columns = vectors(outputs);
  return {
    kernel: convolution({ ...epilogue, layerNorm: false }),
    uniforms: {
      ...windowValues(sizes),
      rows,
      columns,
      outPixels: outHeight * outWidth,
    },
    workgroups: Math.ceil((Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns)) / threads),
    outputShape: [batch, outHeight, outWidth, padded(outputs)],
  };
}

function convolution(epilogue: Epilogue): Kernel {
  return {
    name: `convolution ${tile.rows}x${4 * tile.columns} ${epilogueName(epilogue)}`,
    inputs: matmulInputs(epilogue),
    uniforms: {
      ...windowUniforms,
      /** Output pixels of the whole batch. */
      rows: "i32",
      /** Vectors of four output channels. */
      columns: "i32",
      outPixels: "i32",
    },
    workgroupSize: threads,
    code: finishCode(epilogue) + tileCode(),
  };
}

/** The tile is unrolled here, since not every driver unrolls loops over arrays into registers. */
function tileCode(): string {
  const rows = Array.from({ length: tile.rows }, (_, index) => index);
  const columns = Array.from({ length: tile.columns }, (_, index) => index);
  const lines = (list: readonly number[], line: (index: number) => string) => list.map(line).join("\n");
  return `
// An output pixel: its image's first pixel in the input, and where its kernel's first pixel lies, maybe outside.
fn windowOf(row: i32) -> vec3<i32> {
  let image = row / uniforms.outPixels;
  let pixel = row - image * uniforms.outPixels;
  let y = pixel / uniforms.outWidth;
  let x = pixel - y * uniforms.outWidth;
  return vec3<i32>(
    image * uniforms.height * uniforms.width,
    y * uniforms.stride - uniforms.paddingTop,
    x * uniforms.stride - uniforms.paddingLeft,
  );
}

// Vector of the input at which the pixel begins that the window has at this offset; -1 where that lies outside.
fn pixelAt(window: vec3<i32>, offset: vec2<i32>) -> i32 {
  let y = window.y + offset.x;
  let x = window.z + offset.y;
  let isInside = y >= 0 && y < uniforms.height && x >= 0 && x < uniforms.width;
  return select(-1, (window.x + y * uniforms.width + x) * uniforms.pixel, isInside);
}

fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  let tiles = (uniforms.columns + ${tile.columns - 1}) / ${tile.columns};
  let row = index / tiles * ${tile.rows};
  let column = index % tiles * ${tile.columns};
  if (row >= uniforms.rows) { return; }
${lines(columns, (c) => `  let column${c} = min(column + ${c}, uniforms.columns - 1);`)}
${lines(rows, (r) => `  let row${r} = min(row + ${r}, uniforms.rows - 1); let window${r} = windowOf(row${r});`)}
${lines(rows, (r) => lines(columns, (c) => `  var y${r}_${c} = vec4<f32>(0.0);`))}
  let pitch = uniforms.columns;
  let length = uniforms.pixel;
  var w = 0;
  for (var place = 0; place < uniforms.kernelHeight * uniforms.kernelWidth; place++) {
    let ky = place / uniforms.kernelWidth;
    let offset = vec2<i32>(ky, place - ky * uniforms.kernelWidth);
${lines(
  rows,
  (r) => `    let pixel${r} = pixelAt(window${r}, offset);
    let x${r} = max(pixel${r}, 0);
    let inside${r} = f32(pixel${r} >= 0);`,
)}
    for (var at = 0; at < length; at++) {
      let w0 = w; let w1 = w0 + pitch; let w2 = w1 + pitch; let w3 = w2 + pitch;
      w = w3 + pitch;
${lines(columns, (c) => {
  const block = [0, 1, 2, 3].map((k) => `load(weights[w${k} + column${c}])`).join(", ");
  return `      let block${c} = mat4x4<f32>(${block});`;
})}
${lines(
  rows,
  (r) => `      {
        let v = load(x[x${r} + at]) * inside${r};
${lines(columns, (c) => `        y${r}_${c} += block${c} * v;`)}
      }`,
)}
    }
  }
${lines(columns, (c) => `  let offset${c} = load(bias[column${c}]);`)}
${lines(rows, (r) => lines(columns, (c) => `  finish(row${r} * pitch + column${c}, y${r}_${c} + offset${c});`))}
}`;
}
