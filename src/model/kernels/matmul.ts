/**
 * @file What the matrix products of both families (registers, workgroup memory) compute: y = epilogue(patches(x) * W).
 *
 * A convolution whose kernel equals its stride and that has no padding reads every pixel once: it is a matrix product
 * whose rows are patches of the image, read in place. The 1 x 1 convolution and the linear layer are the case of patches
 * of one pixel. A row of a patch is contiguous in `[N, H, W, C4]`, so a patch is `patchRows` runs of `patchLength` vectors.
 *
 * Epilogue, in this order: layer norm of the patch (without its own weight and bias, which the packing folds into W and
 * the bias), bias, exact GELU, residual, ReLU. With m and s the mean and the standard deviation of a row x, the layer norm is
 * ((x - m) * W) / s: m takes one pass over the row before the product, which is little beside the product itself, and s is
 * summed up during it. Sums of plain squares would need no pass, but lose their digits where m is far above s.
 */
import { geluCode } from "./gelu.ts";
import { type Dispatch, type Kernel, padded, vectors } from "./kernel.ts";

export interface Epilogue {
  /** Layer norm over the input's features first. */
  readonly layerNorm: boolean;
  readonly gelu: boolean;
  /** Adds a tensor of the output's shape. */
  readonly residual: boolean;
  readonly relu: boolean;
}

/** Sizes of one product. All channels are the true ones, before padding to a multiple of 4. */
export interface MatmulSizes {
  readonly batch: number;
  /** Of the input; 1 x 1 for vectors, and for 1 x 1 convolutions `height * width` rows may be given as the batch. */
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the patches and their stride, in pixels. */
  readonly patch: number;
  /** Of the layer norm; 0 without. */
  readonly epsilon: number;
}

export const matmulUniforms = {
  /** Rows of the product: output pixels of the whole batch. */
  rows: "i32",
  /** Vectors of four output channels. */
  columns: "i32",
  outWidth: "i32",
  outPixels: "i32",
  /** Vectors from one image, one row of patches, one patch to the next. */
  imagePitch: "i32",
  bandPitch: "i32",
  patchPitch: "i32",
  /** Vectors from one row of pixels to the next. */
  rowPitch: "i32",
  patchRows: "i32",
  patchLength: "i32",
  /** True input features, for the layer norm. */
  features: "f32",
  epsilon: "f32",
} as const;

/** `x`, `weights`, `bias` and, where the epilogue adds it, `residual`. */
export function matmulInputs({ residual }: Epilogue): Kernel["inputs"] {
  const names = ["x", "weights", "bias", ...(residual ? ["residual"] : [])];
  return names.map((name) => ({ name, element: "stored" }));
}

/** Name of the epilogue, for labels. */
export function epilogueName(epilogue: Epilogue): string {
  const names = ["layerNorm", "gelu", "residual", "relu"] as const;
  return names.filter((name) => epilogue[name]).join("+") || "bias";
}

/** `[N, outH, outW, C4]`, or `[N, C4]` from an input of 1 x 1 pixels. */
function matmulOutputShape({ batch, height, width, outputs, patch }: MatmulSizes): readonly number[] {
  return [batch, Math.floor(height / patch), Math.floor(width / patch), padded(outputs)];
}

export function matmulDispatch(
  kernel: Kernel,
  sizes: MatmulSizes,
  tile: { readonly rows: number; readonly columns: number; readonly threads: number },
): Dispatch {
  const { batch, height, width, inputs, patch, outputs } = sizes;
  const [outHeight, outWidth] = [Math.floor(height / patch), Math.floor(width / patch)];
  const rows = batch * outHeight * outWidth;
  const columns = vectors(outputs);
  const pixel = vectors(inputs);
  return {
    kernel,
    uniforms: {
      rows,
      columns,
      outWidth,
      outPixels: outHeight * outWidth,
      imagePitch: height * width * pixel,
      bandPitch: patch * width * pixel,
      patchPitch: patch * pixel,
      rowPitch: width * pixel,
      patchRows: patch,
      patchLength: patch * pixel,
      features: patch * patch * inputs,
      epsilon: sizes.epsilon,
    },
    workgroups: Math.ceil((Math.ceil(rows / tile.rows) * Math.ceil(columns / tile.columns)) / tile.threads),
    outputShape: matmulOutputShape(sizes),
  };
}

/** WGSL of the layer norm, whose patches are single pixels. */
const normCode = `
// Lanes of the last vector of a pixel that hold channels: those that pad it count in no norm.
fn tail() -> vec4<f32> {
  let last = f32(4 * uniforms.patchLength - 4);
  return select(vec4<f32>(0.0), vec4<f32>(1.0), vec4<f32>(0.0, 1.0, 2.0, 3.0) + last < vec4<f32>(uniforms.features));
}

fn meanOf(start: i32) -> f32 {
  var sum = vec4<f32>(0.0);
  for (var at = 0; at < uniforms.patchLength; at++) { sum += load(x[start + at]); }
  return dot(sum, vec4<f32>(1.0)) / uniforms.features;
}

fn inverseDeviation(squares: vec4<f32>) -> f32 {
  return inverseSqrt(dot(squares, vec4<f32>(1.0)) / uniforms.features + uniforms.epsilon);
}`;

/** WGSL shared by both families: where a patch begins, and what happens to a finished sum before it is stored. */
export function matmulCode(epilogue: Epilogue): string {
  return `
${epilogue.layerNorm ? normCode : ""}
${finishCode(epilogue)}
// Vector of the input at which the patch of an output pixel begins.
fn patchStart(row: i32) -> i32 {
  // Patches of one pixel follow each other: no division, which costs as much as many steps of a short product.
  if (uniforms.patchRows == 1) { return row * uniforms.patchPitch; }
  let image = row / uniforms.outPixels;
  let pixel = row - image * uniforms.outPixels;
  let y = pixel / uniforms.outWidth;
  return image * uniforms.imagePitch + y * uniforms.bandPitch + (pixel - y * uniforms.outWidth) * uniforms.patchPitch;
}`;
}

/** WGSL of what happens to a finished sum before it is stored as vector `at` of the result. */
export function finishCode({ gelu, residual, relu }: Epilogue): string {
  return `
${gelu ? geluCode : ""}
fn finish(at: i32, sum: vec4<f32>) {
  var y = sum;
  ${gelu ? "y = gelu(y);" : ""}
  ${residual ? "y += load(residual[at]);" : ""}
  ${relu ? "y = max(y, vec4<f32>(0.0));" : ""}
  result[at] = store(y);
}`;
}
