/** @file Jobs of every kind and shape, laid out on a memory. */
import fc from "fast-check";
import { packBranch } from "./depthwise.ts";
import type { Job } from "./jobs.ts";
import { packPanels, panelBytes } from "./matmul.ts";

/** Where things begin, in floats. */
export const places = { x: 1024, weights: 32_768, residual: 65_536, result: 131_072 } as const;

/** Pages of memory that any of the jobs gets by with. */
export const jobPages = 16;

/** A job whose inputs lie on the memory; what it gives are `length` floats from `from` on. */
export interface LaidJob {
  readonly job: Job;
  readonly from: number;
  readonly length: number;
}

export const noise = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, index) => Math.sin(7 * index + 13 * seed));

/** In the memory that `heap` is a view of. */
const addressOf = (heap: Float32Array, index: number) => heap.byteOffset + 4 * index;

const upTo = (max: number) => fc.integer({ min: 1, max });
const half = fc.nat({ max: 4 });

interface DepthwiseShape {
  readonly kind: "depthwise";
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** Channels that pass through, before the branches and after them. */
  readonly before: number;
  readonly after: number;
  /** `halves` are the rows and columns on either side of a kernel's middle. */
  readonly branches: readonly { readonly count: number; readonly halves: readonly [number, number] }[];
  readonly taskLines: number;
}

export const depthwiseShapes: fc.Arbitrary<DepthwiseShape> = fc.record({
  kind: fc.constant("depthwise"),
  batch: upTo(2),
  height: upTo(9),
  width: upTo(9),
  before: fc.nat({ max: 9 }),
  after: fc.nat({ max: 5 }),
  branches: fc.array(fc.record({ count: upTo(11), halves: fc.tuple(half, half) }), {
    minLength: 1,
    maxLength: 3,
  }),
  taskLines: upTo(3),
});

/** Like InceptionNeXt-A's first stage: the last vector of its last branch reaches over the end of a pixel. */
export const attosFirstStage: DepthwiseShape = {
  ...{ kind: "depthwise", batch: 1, height: 14, width: 3, before: 10, after: 0, taskLines: 1 },
  branches: [
    { count: 10, halves: [1, 1] },
    { count: 10, halves: [0, 4] },
    { count: 10, halves: [4, 0] },
  ],
};

const multiplyShapes = fc.record({
  kind: fc.constant("multiply"),
  rows: upTo(60),
  inputs: upTo(40),
  vectors: upTo(12),
  taskRows: upTo(20),
  taskPanels: upTo(3),
  gelu: fc.boolean(),
  adds: fc.boolean(),
});

const patchesShapes = fc.record({
  kind: fc.constant("patches"),
  batch: upTo(2),
  patch: upTo(4),
  imageLines: upTo(6),
  across: upTo(6),
  channels: upTo(9),
  taskLines: upTo(3),
});

const geluShapes = fc.record({ kind: fc.constant("gelu"), vectors: upTo(2000), taskVectors: upTo(400) });

type Shape<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type JobShape =
  | DepthwiseShape
  | Shape<typeof multiplyShapes>
  | Shape<typeof patchesShapes>
  | Shape<typeof geluShapes>;

/** Every kind of job; those with branches most often. */
export const jobShapes: fc.Arbitrary<JobShape> = fc.oneof(
  { arbitrary: depthwiseShapes, weight: 3 },
  multiplyShapes,
  patchesShapes,
  geluShapes,
);

/** Writes the inputs of a job, and NaN to where its result will be. */
export function layJob(shape: JobShape, heap: Float32Array): LaidJob {
  switch (shape.kind) {
    case "depthwise":
      return layDepthwise(shape, heap);
    case "multiply":
      return layMultiply(shape, heap);
    case "patches":
      return layPatches(shape, heap);
    case "gelu": {
      const length = 4 * shape.vectors;
      heap.set(noise(length, 1), places.result);
      const [start, end] = [addressOf(heap, places.result), addressOf(heap, places.result + length)];
      const job = { kind: "gelu", start, end, taskBytes: 16 * shape.taskVectors } as const;
      return { job, from: places.result, length };
    }
    default:
      return shape satisfies never;
  }
}

/** @param from Where its result begins, in floats. */
export function layDepthwise(
  shape: DepthwiseShape,
  heap: Float32Array,
  from: number = places.result,
): LaidJob {
  const { batch, height, width, before, after, taskLines } = shape;
  const channels = shape.branches.reduce((sum, { count }) => sum + count, before + after);
  const lines = batch * height;
  const length = lines * width * channels;
  heap.set(noise(length, 1), places.x);
  heap.fill(Number.NaN, from, from + length);
  let start = before;
  let at: number = places.weights;
  const branches = shape.branches.map(({ count, halves: [down, right] }) => {
    const [rows, columns] = [2 * down + 1, 2 * right + 1];
    const weight = noise(count * rows * columns, start);
    const packed = packBranch({ start, count, kernelSize: [rows, columns], weight, bias: noise(count, at) });
    heap.set(packed, at);
    const branch = {
      start,
      count,
      rows,
      columns,
      blocks: addressOf(heap, at),
      blocksEnd: addressOf(heap, at + packed.length),
    };
    at += packed.length;
    start += count;
    return branch;
  });
  const addresses = { x: addressOf(heap, places.x), result: addressOf(heap, from) };
  const sizes = { lines, height, width, channels, taskLines };
  return { job: { kind: "depthwise", ...addresses, ...sizes, branches }, from, length };
}

function layMultiply(shape: Shape<typeof multiplyShapes>, heap: Float32Array): LaidJob {
  const { rows, inputs, vectors, taskRows, taskPanels, gelu, adds } = shape;
  const outputs = 4 * vectors;
  const length = rows * outputs;
  const weights = { weight: noise(outputs * inputs, 1), bias: noise(outputs, 2) };
  const panels = packPanels(weights, inputs, outputs);
  heap.set(noise(rows * inputs, 3), places.x);
  heap.set(panels, places.weights);
  heap.set(noise(length, 4), places.residual);
  heap.fill(Number.NaN, places.result, places.result + length);
  const job = {
    kind: "multiply",
    ...{
      x: addressOf(heap, places.x),
      result: addressOf(heap, places.result),
      panels: addressOf(heap, places.weights),
    },
    ...{ panelCount: panels.length / (panelBytes(inputs) / 4), inputs, outputs, rows },
    ...{ gelu: Number(gelu), residual: adds ? addressOf(heap, places.residual) : 0, taskRows, taskPanels },
  } as const;
  return { job, from: places.result, length };
}

function layPatches(shape: Shape<typeof patchesShapes>, heap: Float32Array): LaidJob {
  const { batch, patch, imageLines, across, channels, taskLines } = shape;
  const [height, width, lines] = [patch * imageLines, patch * across, batch * imageLines];
  const length = batch * height * width * channels;
  heap.set(noise(length, 1), places.x);
  heap.fill(Number.NaN, places.result, places.result + length);
  const addresses = { x: addressOf(heap, places.x), result: addressOf(heap, places.result) };
  const sizes = { patch, lines, imageLines, across, height, width, channels, taskLines };
  return { job: { kind: "patches", ...addresses, ...sizes }, from: places.result, length };
}
