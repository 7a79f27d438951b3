/**
 * @file What a pointwise layer is measured against: a matrix product and nothing else, as one would write it by hand.
 *
 * Tiling: a thread keeps 8 rows times 8 columns of the result in registers. Every size is a constant of the source, which a
 * network that can be edited could not afford: each edit would compile it again.
 */
import type { Dispatch } from "../../../src/model/kernels/kernel.ts";

const threads = 64;
const tileRows = 8;
/** Vectors of four columns. */
const tileColumns = 2;

export interface MatmulShape {
  readonly rows: number;
  /** Multiples of 8. */
  readonly inputs: number;
  readonly outputs: number;
}

/** `x` `[rows, inputs]` times `weights` `[inputs, outputs]`. */
export function plainMatmul({ rows, inputs, outputs }: MatmulShape): Dispatch {
  const tilesAcross = outputs / (4 * tileColumns);
  const tilesDown = Math.ceil(rows / tileRows);
  const each = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");
  return {
    kernel: {
      name: "plain matmul",
      inputs: ["x", "weights"].map((name) => ({ name, element: "vec4<f32>" as const })),
      // Buffers of no bytes don't exist.
      uniforms: { unused: "i32" },
      workgroupSize: threads,
      code: `
const rows = ${rows};
const across = ${inputs / 4};
const pitch = ${outputs / 4};

fn run(group: i32, thread: i32) {
  let index = group * ${threads} + thread;
  let row = index / ${tilesAcross} * ${tileRows};
  let column = index % ${tilesAcross} * ${tileColumns};
  if (row >= rows) { return; }
${each(tileRows, (r) => `  let x${r} = min(row + ${r}, rows - 1) * across;`)}
${each(tileRows, (r) => `  var a${r} = vec4<f32>(0.0); var b${r} = vec4<f32>(0.0);`)}
  for (var k = 0; k < across; k++) {
    let w = 4 * k * pitch + column;
    let left = mat4x4<f32>(weights[w], weights[w + pitch], weights[w + 2 * pitch], weights[w + 3 * pitch]);
    let right = mat4x4<f32>(weights[w + 1], weights[w + pitch + 1], weights[w + 2 * pitch + 1], weights[w + 3 * pitch + 1]);
${each(tileRows, (r) => `    { let v = x[x${r} + k]; a${r} += left * v; b${r} += right * v; }`)}
  }
${each(
  tileRows,
  (r) => `  if (row + ${r} < rows) {
    let at = (row + ${r}) * pitch + column;
    result[at] = a${r}; result[at + 1] = b${r} + 0.0 * f32(uniforms.unused);
  }`,
)}
}`,
    },
    uniforms: { unused: 0 },
    workgroups: Math.ceil((tilesAcross * tilesDown) / threads),
    outputShape: [rows, outputs],
  };
}
