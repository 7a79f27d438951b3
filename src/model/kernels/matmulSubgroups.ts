/**
 * @file Matrix product whose inner dimension is shared out among the lanes of a subgroup: for few rows, as in a head, where a
 * thread for every vector of the result would leave most of a GPU idle and each of its threads a long way to go.
 *
 * Tiling: four slices of a subgroup's lanes take every fourth step of the inner dimension, for one output pixel and as many
 * vectors of four output channels as a slice has lanes, so that neighbouring lanes read neighbouring words of W. Two
 * shuffles add the four sums up. A workgroup of 64 threads gives 16 vectors, however large its subgroups are.
 *
 * That a workgroup's threads fill its subgroups in order is not promised by WGSL. A device on which they don't fails the
 * check that comes before any use of this.
 */
import type { Dispatch, Kernel } from "./kernel.ts";
import {
  type Epilogue,
  epilogueName,
  type MatmulSizes,
  matmulCode,
  matmulDispatch,
  matmulInputs,
  matmulUniforms,
} from "./matmul.ts";

const threads = 64;
const slices = 4;
/** Vectors of a workgroup. */
const columns = threads / slices;

export function dispatchMatmulSubgroups(epilogue: Epilogue, sizes: MatmulSizes): Dispatch {
  return matmulDispatch(matmulSubgroups(epilogue), sizes, { rows: 1, columns, threads: 1 });
}

function matmulSubgroups(epilogue: Epilogue): Kernel {
  return {
    name: `matmul subgroups ${epilogueName(epilogue)}`,
    inputs: matmulInputs(epilogue),
    uniforms: matmulUniforms,
    workgroupSize: threads,
    usesSubgroups: true,
    code: matmulCode(epilogue) + sliceCode(epilogue),
  };
}

function sliceCode({ layerNorm }: Epilogue): string {
  return `
fn addUp(sum: vec4<f32>, across: u32) -> vec4<f32> {
  let pair = sum + subgroupShuffleXor(sum, across);
  return pair + subgroupShuffleXor(pair, 2 * across);
}

fn run(group: i32, thread: i32, lane: i32, lanes: i32) {
  // A subgroup can be larger than the workgroup; the lanes beyond do not exist.
  let size = min(lanes, ${threads});
  let across = size / ${slices};
  let slice = lane / across;
  let subgroup = subgroupBroadcastFirst(thread) / size;
  let blocks = (uniforms.columns + ${columns - 1}) / ${columns};
  let pixel = group / blocks;
  let place = group % blocks * ${columns} + subgroup * across + lane % across;
  // All lanes have to take part in the shuffles: those beyond the edge repeat the last vector, and store nothing.
  let row = min(pixel, uniforms.rows - 1);
  let column = min(place, uniforms.columns - 1);
  let start = patchStart(row);
  let pitch = uniforms.columns;
  var y = vec4<f32>(0.0);
${layerNorm ? "  let mean = meanOf(start); var squares = vec4<f32>(0.0);" : ""}
  for (var patchRow = 0; patchRow < uniforms.patchRows; patchRow++) {
    for (var at = slice; at < uniforms.patchLength; at += ${slices}) {
      let w = 4 * (patchRow * uniforms.patchLength + at) * pitch + column;
      let block = mat4x4<f32>(
        load(weights[w]), load(weights[w + pitch]), load(weights[w + 2 * pitch]), load(weights[w + 3 * pitch]));
      let v = load(x[start + patchRow * uniforms.rowPitch + at])${layerNorm ? " - mean" : ""};
      y += block * v;
${layerNorm ? "      squares += select(vec4<f32>(1.0), tail(), at == uniforms.patchLength - 1) * v * v;" : ""}
    }
  }
  y = addUp(y, u32(across))${layerNorm ? " * inverseDeviation(addUp(squares, u32(across)))" : ""} + load(bias[column]);
  if (slice == 0 && pixel < uniforms.rows && place < uniforms.columns) { finish(row * pitch + column, y); }
}`;
}
