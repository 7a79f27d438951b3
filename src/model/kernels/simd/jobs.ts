/**
 * @file What the SIMD programs are given to do: jobs of tasks that any thread can take, in any order and at the same time.
 *
 * A job crosses to other threads as words of shared memory. Addresses are in bytes, and all sizes are those of the whole job.
 */
import { blockBytes } from "./depthwise.ts";
import { panelBytes, panelRowBytes, rowsAtOnce } from "./matmul.ts";
import type { Programs } from "./programs.ts";

/** `[rows, inputs]` times panels, with an epilogue. Its tasks are blocks of rows times blocks of panels. */
export interface MultiplyJob {
  readonly kind: "multiply";
  readonly x: number;
  readonly result: number;
  readonly panels: number;
  readonly panelCount: number;
  readonly inputs: number;
  /** A multiple of four. */
  readonly outputs: number;
  readonly rows: number;
  /** 1 or 0. */
  readonly gelu: number;
  /** Of what is added last, or 0. */
  readonly residual: number;
  readonly taskRows: number;
  readonly taskPanels: number;
}

/** A copy of an image, with branches convolved. Its tasks are blocks of lines. */
export interface DepthwiseJob {
  readonly kind: "depthwise";
  readonly x: number;
  readonly result: number;
  /** Of the whole batch. */
  readonly lines: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly taskLines: number;
  readonly branches: readonly DepthwiseBranchWords[];
}

interface DepthwiseBranchWords {
  /** First channel, and number of channels. */
  readonly start: number;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly blocks: number;
  readonly blocksEnd: number;
}

/** GELU in place. Its tasks are stretches of bytes. */
export interface GeluJob {
  readonly kind: "gelu";
  readonly start: number;
  readonly end: number;
  readonly taskBytes: number;
}

/** Patches of an image as rows of a matrix. Its tasks are blocks of lines of patches. */
export interface PatchesJob {
  readonly kind: "patches";
  readonly x: number;
  readonly result: number;
  /** Side of a patch, in pixels. */
  readonly patch: number;
  /** Lines of patches of the whole batch, and of one image. */
  readonly lines: number;
  readonly imageLines: number;
  /** Patches of a line. */
  readonly across: number;
  /** Of the image, in pixels. */
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly taskLines: number;
}

export type Job = MultiplyJob | DepthwiseJob | GeluJob | PatchesJob;

const kinds = ["multiply", "depthwise", "gelu", "patches"] as const;

const fields = {
  multiply: [
    ...(["x", "result", "panels", "panelCount", "inputs", "outputs", "rows", "gelu", "residual"] as const),
    ...(["taskRows", "taskPanels"] as const),
  ],
  depthwise: ["x", "result", "lines", "height", "width", "channels", "taskLines"],
  gelu: ["start", "end", "taskBytes"],
  patches: [
    ...(["x", "result", "patch", "lines", "imageLines", "across"] as const),
    ...(["height", "width", "channels", "taskLines"] as const),
  ],
} as const;

const branchFields = ["start", "count", "rows", "columns", "blocks", "blocksEnd"] as const;

export function encodeJob(job: Job): Int32Array {
  const given: Readonly<Record<string, unknown>> = { ...job };
  const branches = job.kind === "depthwise" ? job.branches : [];
  return Int32Array.of(
    kinds.indexOf(job.kind),
    branches.length,
    ...fields[job.kind].map((name) => Number(given[name])),
    ...branches.flatMap((branch) => branchFields.map((name) => branch[name])),
  );
}

/** What `encodeJob` made. Of words that another thread is just writing it may give anything, but it ends. */
export function decodeJob(words: Int32Array): Job {
  // Addresses above 2 GiB are negative as words.
  const at = (index: number) => (words[index] ?? 0) >>> 0;
  const name = kinds[at(0)] ?? "gelu";
  const record = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((field, index) => [field, at(from + index)]));
  const job = { kind: name, ...record(fields[name], 2) };
  if (name !== "depthwise") return job as unknown as Job;
  const from = 2 + fields.depthwise.length;
  const most = Math.floor((words.length - from) / branchFields.length);
  const branches = Array.from({ length: Math.min(at(1), most) }, (_, index) =>
    record(branchFields, from + index * branchFields.length),
  );
  return { ...job, branches } as unknown as Job;
}

export function tasksOf(job: Job): number {
  switch (job.kind) {
    case "multiply":
      return Math.ceil(job.rows / job.taskRows) * Math.ceil(job.panelCount / job.taskPanels);
    case "depthwise":
    case "patches":
      return Math.ceil(job.lines / job.taskLines);
    case "gelu":
      return Math.ceil((job.end - job.start) / job.taskBytes);
    default:
      return job satisfies never;
  }
}

export function runTask(programs: Programs, job: Job, task: number): void {
  switch (job.kind) {
    case "multiply":
      multiply(programs, job, task);
      break;
    case "depthwise":
      depthwise(programs, job, task);
      break;
    case "patches":
      patches(programs, job, task);
      break;
    case "gelu": {
      const start = job.start + task * job.taskBytes;
      programs.gelu(start, Math.min(start + job.taskBytes, job.end));
      break;
    }
    default:
      job satisfies never;
  }
}

function multiply(programs: Programs, job: MultiplyJob, task: number): void {
  const { inputs, outputs, panelCount } = job;
  const blocks = Math.ceil(panelCount / job.taskPanels);
  const [inputPitch, outputPitch] = [4 * inputs, 4 * outputs];
  const firstRow = Math.floor(task / blocks) * job.taskRows;
  const lastRow = Math.min(firstRow + job.taskRows, job.rows);
  const firstPanel = (task % blocks) * job.taskPanels;
  const lastPanel = Math.min(firstPanel + job.taskPanels, panelCount);
  const column = firstPanel * panelRowBytes;
  const columnEnd = Math.min(lastPanel * panelRowBytes, outputPitch);
  const finish = (start: number, end: number) => {
    if (job.gelu) programs.gelu(start, end);
    if (job.residual) programs.addTo(start, end, job.residual + start - job.result);
  };
  // What follows finds the rows still in the cache.
  const step = rowsAtOnce(Math.max(inputs, outputs));
  for (let row = firstRow; row < lastRow; row += step) {
    const end = Math.min(row + step, lastRow);
    programs.matmul({
      x: job.x + row * inputPitch,
      xEnd: job.x + end * inputPitch,
      inputPitch,
      result: job.result + row * outputPitch,
      outputPitch,
      panels: job.panels + firstPanel * panelBytes(inputs),
      panelsEnd: job.panels + lastPanel * panelBytes(inputs),
      panelPitch: panelBytes(inputs),
      column,
    });
    const start = (place: number) => job.result + place * outputPitch;
    if (columnEnd - column === outputPitch) finish(start(row), start(end));
    else for (let place = row; place < end; place++) finish(start(place) + column, start(place) + columnEnd);
  }
}

function depthwise(programs: Programs, job: DepthwiseJob, task: number): void {
  const { x, result, height, width, channels } = job;
  const line = task * job.taskLines;
  const lineEnd = Math.min(line + job.taskLines, job.lines);
  const lineBytes = 4 * width * channels;
  const copied = {
    x: x + line * lineBytes,
    result: result + line * lineBytes,
    pitch: 0,
    across: 1,
    lines: 1,
  };
  programs.gather({ ...copied, runBytes: (lineEnd - line) * lineBytes });
  for (const { start, count, rows, columns, blocks, blocksEnd } of job.branches) {
    programs.depthwise({
      x: x + 4 * start,
      result: result + 4 * start,
      blocks,
      blocksEnd,
      blockPitch: blockBytes([rows, columns]),
      branchBytes: 4 * count,
      line,
      lineEnd,
      height,
      width,
      pixelPitch: 4 * channels,
      rows,
      columns,
      top: (rows - 1) / 2,
      left: (columns - 1) / 2,
    });
  }
}

function patches(programs: Programs, job: PatchesJob, task: number): void {
  const { patch, imageLines, across, channels } = job;
  const pitch = 4 * job.width * channels;
  const runBytes = 4 * patch * channels;
  const first = task * job.taskLines;
  for (let line = first; line < Math.min(first + job.taskLines, job.lines); line++) {
    const image = Math.floor(line / imageLines);
    programs.gather({
      x: job.x + (image * job.height + (line - image * imageLines) * patch) * pitch,
      pitch,
      result: job.result + line * across * patch * runBytes,
      across,
      lines: patch,
      runBytes,
    });
  }
}
