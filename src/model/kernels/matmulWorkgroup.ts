/**
 * @file Matrix product through workgroup memory: on a GPU with little cache it saves most of the reads; a software adapter
 * pays more for its barriers than it saves.
 *
 * Tiling: a workgroup of 8 x 8 threads computes 8 * `rows` output pixels times 8 * `columns` vectors of four output
 * channels. It steps through the inner dimension in slices of 8 vectors (32 channels): the threads copy the slice of the
 * pixels and the slice of W into workgroup memory, wait, multiply from there, and wait again before the next copy. Thread
 * (i, j) owns pixels i, i + 8, i + 16, ... and vectors j, j + 8, ..., so neighbouring threads read neighbouring words of
 * each slice. The slices hold 0 beyond the end of the inner dimension, and clamped rows and columns beyond the edges.
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

export interface WorkgroupTile {
  /** Output pixels of a thread. */
  readonly rows: number;
  /** Vectors of four output channels of a thread. */
  readonly columns: number;
}

const side = 8;
const threads = side * side;

function matmulWorkgroup(tile: WorkgroupTile, epilogue: Epilogue): Kernel {
  return {
    name: `matmul workgroup ${side * tile.rows}x${side * 4 * tile.columns} ${epilogueName(epilogue)}`,
    inputs: matmulInputs(epilogue),
    uniforms: matmulUniforms,
    workgroupSize: threads,
    code: matmulCode(epilogue) + tileCode(tile, epilogue),
  };
}

export function dispatchMatmulWorkgroup(
  tile: WorkgroupTile,
  epilogue: Epilogue,
  sizes: MatmulSizes,
): Dispatch {
  const size = { rows: side * tile.rows, columns: side * tile.columns, threads: 1 };
  return matmulDispatch(matmulWorkgroup(tile, epilogue), sizes, size);
}

/** The thread's tile is unrolled here, since not every driver unrolls loops over arrays into registers. */
function tileCode(tile: WorkgroupTile, { layerNorm }: Epilogue): string {
  const rows = Array.from({ length: tile.rows }, (_, index) => index);
  const columns = Array.from({ length: tile.columns }, (_, index) => index);
  const lines = (list: readonly number[], line: (index: number) => string) => list.map(line).join("\n");
  const [pixels, vectors] = [side * tile.rows, side * tile.columns];
  return `
// Eight vectors of channels of each of the tile's pixels: vector k of pixel p at k * ${pixels} + p.
var<workgroup> xSlice: array<vec4<f32>, ${side * pixels}>;
// 32 rows of W, ${vectors} vectors wide.
var<workgroup> wSlice: array<vec4<f32>, ${4 * side * vectors}>;

fn run(group: i32, thread: i32) {
  let tiles = (uniforms.columns + ${vectors - 1}) / ${vectors};
  let firstRow = group / tiles * ${pixels};
  let firstColumn = group % tiles * ${vectors};
  let i = thread / ${side};
  let j = thread % ${side};
  let inner = uniforms.patchRows * uniforms.patchLength;
${lines(rows, (r) => `  let x${r} = patchStart(min(firstRow + i + ${side * r}, uniforms.rows - 1));`)}
${lines(columns, (c) => `  let column${c} = min(firstColumn + j + ${side * c}, uniforms.columns - 1);`)}
${lines(rows, (r) => lines(columns, (c) => `  var y${r}_${c} = vec4<f32>(0.0);`))}
${layerNorm ? lines(rows, (r) => `  let mean${r} = meanOf(x${r}); var squares${r} = vec4<f32>(0.0);`) : ""}
  for (var slice = 0; slice < inner; slice += ${side}) {
    {
      // Thread (i, j) copies vector j of its pixels, and rows i, i + 8, i + 16, i + 24 of its columns.
      let k = slice + j;
      let patchRow = k / uniforms.patchLength;
      let at = patchRow * uniforms.rowPitch + k - patchRow * uniforms.patchLength;
      let inX = k < inner;
${lines(rows, (r) => `      xSlice[j * ${pixels} + i + ${side * r}] = select(vec4<f32>(0.0), load(x[x${r} + at])${layerNorm ? ` - mean${r}` : ""}, inX);`)}
      for (var step = i; step < ${4 * side}; step += ${side}) {
        let w = min(4 * slice + step, 4 * inner - 1) * uniforms.columns;
${lines(columns, (c) => `        wSlice[step * ${vectors} + j + ${side * c}] = load(weights[w + column${c}]);`)}
      }
    }
    workgroupBarrier();
    for (var k = 0; k < ${side}; k++) {
${lines(columns, (c) => {
  const block = [0, 1, 2, 3].map((q) => `wSlice[(4 * k + ${q}) * ${vectors} + j + ${side * c}]`).join(", ");
  return `      let block${c} = mat4x4<f32>(${block});`;
})}
${layerNorm ? "      let counts = select(vec4<f32>(1.0), tail(), slice + k == uniforms.patchLength - 1);" : ""}
${lines(
  rows,
  (r) => `      {
        let v = xSlice[k * ${pixels} + i + ${side * r}];
${lines(columns, (c) => `        y${r}_${c} += block${c} * v;`)}
${layerNorm ? `        squares${r} += counts * v * v;` : ""}
      }`,
)}
    }
    workgroupBarrier();
  }
${lines(columns, (c) => `  let offset${c} = load(bias[column${c}]);`)}
${layerNorm ? lines(rows, (r) => `  let scale${r} = inverseDeviation(squares${r});`) : ""}
${lines(rows, (r) =>
  lines(
    columns,
    (
      c,
    ) => `  if (firstRow + i + ${side * r} < uniforms.rows && firstColumn + j + ${side * c} < uniforms.columns) {
    finish((firstRow + i + ${side * r}) * uniforms.columns + column${c}, y${r}_${c}${layerNorm ? ` * scale${r}` : ""} + offset${c});
  }`,
  ),
)}
}`;
}
