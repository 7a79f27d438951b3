/**
 * @file Matrix product in registers: no workgroup memory, no barriers.
 *
 * Tiling: a thread computes `rows` output pixels times `columns` vectors of four output channels. Per step it reads four
 * rows of W (one 4 x 4 block for each of its vectors) and four channels of each of its pixels, and does rows * columns
 * matrix-times-vector products: (rows + 4 * columns) loads for 16 * rows * columns multiply-adds, so larger tiles wait
 * less for memory, and smaller ones keep more threads busy. Neighbouring threads take neighbouring columns: they read W
 * side by side and share the pixels. Rows and columns beyond the edge repeat the last one: the same thread stores the same
 * value there again, which costs less than to ask.
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

export interface RegisterTile {
  /** Output pixels of a thread. */
  readonly rows: number;
  /** Vectors of four output channels of a thread. */
  readonly columns: number;
}

const threads = 64;

function matmulRegisters(tile: RegisterTile, epilogue: Epilogue): Kernel {
  return {
    name: `matmul registers ${tile.rows}x${4 * tile.columns} ${epilogueName(epilogue)}`,
    inputs: matmulInputs(epilogue),
    uniforms: matmulUniforms,
    workgroupSize: threads,
    code: matmulCode(epilogue) + tileCode(tile, epilogue),
  };
}

export function dispatchMatmulRegisters(
  tile: RegisterTile,
  epilogue: Epilogue,
  sizes: MatmulSizes,
): Dispatch {
  return matmulDispatch(matmulRegisters(tile, epilogue), sizes, { ...tile, threads });
}

/** The tile is unrolled here, since not every driver unrolls loops over arrays into registers. */
function tileCode(tile: RegisterTile, { layerNorm }: Epilogue): string {
  const rows = Array.from({ length: tile.rows }, (_, index) => index);
  const columns = Array.from({ length: tile.columns }, (_, index) => index);
  const lines = (list: readonly number[], line: (index: number) => string) => list.map(line).join("\n");
  return `
fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  let tiles = (uniforms.columns + ${tile.columns - 1}) / ${tile.columns};
  let row = index / tiles * ${tile.rows};
  let column = index % tiles * ${tile.columns};
  if (row >= uniforms.rows) { return; }
${lines(columns, (c) => `  let column${c} = min(column + ${c}, uniforms.columns - 1);`)}
${lines(rows, (r) => `  let row${r} = min(row + ${r}, uniforms.rows - 1); let x${r} = patchStart(row${r});`)}
${lines(rows, (r) => lines(columns, (c) => `  var y${r}_${c} = vec4<f32>(0.0);`))}
${layerNorm ? lines(rows, (r) => `  let mean${r} = meanOf(x${r}); var squares${r} = vec4<f32>(0.0);`) : ""}
  // Not every driver takes what does not change out of a loop.
  let pitch = uniforms.columns;
  let length = uniforms.patchLength;
  var w = 0;
  for (var patchRow = 0; patchRow < uniforms.patchRows; patchRow++) {
    let start = patchRow * uniforms.rowPitch;
    let end = start + length;
    for (var at = start; at < end; at++) {
      let w0 = w; let w1 = w0 + pitch; let w2 = w1 + pitch; let w3 = w2 + pitch;
      w = w3 + pitch;
${lines(columns, (c) => {
  const block = [0, 1, 2, 3].map((k) => `load(weights[w${k} + column${c}])`).join(", ");
  return `      let block${c} = mat4x4<f32>(${block});`;
})}
${layerNorm ? "      let counts = select(vec4<f32>(1.0), tail(), at == length - 1);" : ""}
${lines(
  rows,
  (r) => `      {
        let v = load(x[x${r} + at])${layerNorm ? ` - mean${r}` : ""};
${lines(columns, (c) => `        y${r}_${c} += block${c} * v;`)}
${layerNorm ? `        squares${r} += counts * v * v;` : ""}
      }`,
)}
    }
  }
${lines(columns, (c) => `  let offset${c} = load(bias[column${c}]);`)}
${layerNorm ? lines(rows, (r) => `  let scale${r} = inverseDeviation(squares${r});`) : ""}
${lines(rows, (r) =>
  lines(
    columns,
    (c) =>
      `  finish(row${r} * pitch + column${c}, y${r}_${c}${layerNorm ? ` * scale${r}` : ""} + offset${c});`,
  ),
)}
}`;
}
