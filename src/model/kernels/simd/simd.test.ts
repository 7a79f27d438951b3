import fc from "fast-check";
import { expect, it } from "vitest";
import { gelu } from "../../graph/gelu.ts";
import { depthwiseReference } from "../depthwise.testing.ts";
import { assemble, plainMultiplyAdd } from "./assembler.ts";
import {
  blockBytes,
  type DepthwiseCall,
  depthwiseParameters,
  depthwiseProgram,
  packBranch,
} from "./depthwise.ts";
import { geluProgram } from "./gelu.ts";
import {
  addProgram,
  type MatmulCall,
  matmulParameters,
  matmulProgram,
  packPanels,
  panelBytes,
} from "./matmul.ts";

const memory = new WebAssembly.Memory({ initial: 64 });
const programs = [geluProgram, depthwiseProgram, matmulProgram].map((program) => program(plainMultiplyAdd));
const bytes = assemble([...programs, addProgram], false);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
const call = (name: string, parameters: readonly number[]) =>
  (exports[name] as (...parameters: readonly number[]) => void)(...parameters);
const heap = new Float32Array(memory.buffer);

it("computes the exact GELU", () => {
  const inputs = Float32Array.from({ length: 40_000 }, (_, index) => index / 2000 - 10);
  heap.set(inputs, 64);
  heap[64 + inputs.length] = 7;
  call("gelu", [256, 256 + 4 * inputs.length]);
  const errors = inputs.map(
    (x, index) => Math.abs((heap[64 + index] ?? NaN) - gelu(x)) / Math.max(1, Math.abs(x)),
  );
  expect(Math.max(...errors)).toBeLessThan(4e-7);
  expect(heap[64 + inputs.length]).toBe(7);
});

it("keeps what is not a number, and infinity", () => {
  heap.set([Number.NaN, Number.POSITIVE_INFINITY, 0, -1e30], 0);
  call("gelu", [0, 16]);
  expect([...heap.subarray(0, 3)]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, 0]);
  expect(Math.abs(heap[3] ?? Number.NaN)).toBeLessThan(1e-6);
});

it("runs on the shared memory that threads need", () => {
  const shared = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const module = new WebAssembly.Module(assemble([geluProgram(plainMultiplyAdd)], true));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: shared } });
  const values = new Float32Array(shared.buffer, 0, 4).fill(1);
  (exports["gelu"] as (start: number, end: number) => void)(0, 16);
  expect(values[3]).toBeCloseTo(gelu(1), 6);
});

const kernel = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 }));
const cases = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
  before: fc.integer({ min: 0, max: 5 }),
  count: fc.integer({ min: 1, max: 13 }),
  after: fc.integer({ min: 0, max: 5 }),
  kernel,
});

it("convolves any range of channels by any odd kernel, and touches nothing else", () => {
  fc.assert(
    fc.property(cases, ({ batch, height, width, before, count, after, kernel: [halfRows, halfColumns] }) => {
      const channels = before + count + after;
      const kernelSize = [2 * halfRows + 1, 2 * halfColumns + 1] as const;
      const [rows, columns] = kernelSize;
      const x = noise(batch * height * width * channels, 1);
      const weight = noise(count * rows * columns, 2);
      const branch = { start: before, count, kernelSize, weight, bias: noise(count, 3) };
      const blocks = packBranch(branch);
      // Input, result and weights, each followed by room that must stay as it is.
      const [from, to, at] = [1024, 1024 + 4096, 1024 + 8192];
      heap.fill(-9);
      heap.set(x, from);
      heap.set(x, to);
      heap.set(blocks, at);
      const given: DepthwiseCall = {
        x: 4 * (from + before),
        result: 4 * (to + before),
        blocks: 4 * at,
        blocksEnd: 4 * (at + blocks.length),
        blockPitch: blockBytes(kernelSize),
        branchBytes: 4 * count,
        line: 0,
        lineEnd: batch * height,
        height,
        width,
        pixelPitch: 4 * channels,
        rows,
        columns,
        top: halfRows,
        left: halfColumns,
      };
      call(
        "depthwise",
        depthwiseParameters.map((name) => given[name]),
      );
      const expected = depthwiseReference(x, { batch, height, width, channels }, [branch]);
      const actual = heap.slice(to, to + x.length + 4);
      expect([...actual.subarray(x.length)]).toEqual([-9, -9, -9, -9]);
      for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 4);
    }),
    { numRuns: 60 },
  );
});

it("multiplies any number of rows by any inputs and outputs, and touches nothing else", () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 1, max: 20 }),
    inputs: fc.integer({ min: 1, max: 19 }),
    outputs: fc.integer({ min: 1, max: 6 }).map((vectors) => 4 * vectors),
  });
  fc.assert(
    fc.property(sizes, ({ rows, inputs, outputs }) => {
      const x = noise(rows * inputs, 1);
      const weights = { weight: noise(outputs * inputs, 2), bias: noise(outputs, 3) };
      const panels = packPanels(weights, inputs, outputs);
      const [from, to, at] = [1024, 1024 + 4096, 1024 + 8192];
      heap.fill(-9);
      heap.set(x, from);
      heap.set(panels, at);
      const given: MatmulCall = {
        x: 4 * from,
        xEnd: 4 * (from + x.length),
        inputPitch: 4 * inputs,
        result: 4 * to,
        outputPitch: 4 * outputs,
        panels: 4 * at,
        panelsEnd: 4 * (at + panels.length),
        panelPitch: panelBytes(inputs),
        column: 0,
      };
      call(
        "matmul",
        matmulParameters.map((name) => given[name]),
      );
      const actual = heap.slice(to, to + rows * outputs + 8);
      expect([...actual.subarray(rows * outputs)]).toEqual(new Array(8).fill(-9));
      const expected = productOf(x, weights, { rows, inputs, outputs });
      for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 4);
    }),
    { numRuns: 100 },
  );
});

it("adds in place", () => {
  heap.set([1, 2, 3, 4, 5, 6, 7, 8, 9], 0);
  heap.set([10, 20, 30, 40, 50, 60, 70, 80], 16);
  call("addTo", [0, 32, 64]);
  expect([...heap.subarray(0, 9)]).toEqual([11, 22, 33, 44, 55, 66, 77, 88, 9]);
});

/** As plain as it can be written, in double precision. */
function productOf(
  x: Float32Array,
  { weight, bias }: { readonly weight: Float32Array; readonly bias: Float32Array },
  { rows, inputs, outputs }: Readonly<Record<"rows" | "inputs" | "outputs", number>>,
): Float64Array {
  return Float64Array.from({ length: rows * outputs }, (_, index) => {
    const [row, output] = [Math.floor(index / outputs), index % outputs];
    let sum = bias[output] ?? 0;
    for (let input = 0; input < inputs; input++) {
      sum += (x[row * inputs + input] ?? 0) * (weight[output * inputs + input] ?? 0);
    }
    return sum;
  });
}

function noise(length: number, seed: number): Float32Array {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
