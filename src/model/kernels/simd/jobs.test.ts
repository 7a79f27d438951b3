import fc from "fast-check";
import { expect, it } from "vitest";
import {
  attosFirstStage,
  depthwiseShapes,
  type JobShape,
  jobPages,
  jobShapes,
  layDepthwise,
  layJob,
  noise,
  places,
} from "./jobs.testing.ts";
import { decodeJob, encodeJob, type Job, runTask, tasksOf } from "./jobs.ts";
import { packPanels, panelBytes } from "./matmul.ts";
import { compilePrograms, instantiate, type Programs } from "./programs.ts";

const memory = new WebAssembly.Memory({ initial: jobPages });
const programs = instantiate(compilePrograms(false), memory);
const heap = programs.floats();

/** Runs the job as other threads would, its tasks in any order; gives `length` floats from `from` on. */
function result(job: Job, from: number, length: number, isBackwards: boolean): Float32Array {
  const told = decodeJob(encodeJob(job));
  expect(told).toEqual(job);
  const tasks = Array.from({ length: tasksOf(told) }, (_, task) => task);
  for (const task of isBackwards ? tasks.toReversed() : tasks) runTask(programs, told, task);
  return heap.slice(from, from + length);
}

const [x, y, weights, residual] = [1024, 16_384, 32_768, 65_536] as const;

it("multiplies the same in one task and in any number of them", () => {
  const cases = fc.record({
    rows: fc.integer({ min: 1, max: 40 }),
    inputs: fc.integer({ min: 1, max: 12 }),
    vectors: fc.integer({ min: 1, max: 9 }),
    taskRows: fc.integer({ min: 1, max: 40 }),
    taskPanels: fc.integer({ min: 1, max: 5 }),
    gelu: fc.boolean(),
    adds: fc.boolean(),
    isBackwards: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ rows, inputs, vectors, taskRows, taskPanels, gelu, adds, isBackwards }) => {
      const outputs = 4 * vectors;
      const panels = packPanels({ weight: noise(outputs * inputs, 2) }, inputs, outputs);
      const panelCount = panels.length / (panelBytes(inputs) / 4);
      const run = (parts: { readonly taskRows: number; readonly taskPanels: number }) => {
        heap.fill(-9);
        heap.set(noise(rows * inputs, 1), x);
        heap.set(panels, weights);
        heap.set(noise(rows * outputs, 3), residual);
        const job = {
          kind: "multiply",
          ...{ x: 4 * x, result: 4 * y, panels: 4 * weights, panelCount, inputs, outputs, rows },
          ...{ gelu: Number(gelu), residual: adds ? 4 * residual : 0, ...parts },
        } as const;
        return result(job, y - 4, rows * outputs + 8, isBackwards);
      };
      const whole = run({ taskRows: rows, taskPanels: panelCount });
      expect(whole.subarray(0, 4)).toEqual(new Float32Array(4).fill(-9));
      expect(whole.subarray(-4)).toEqual(new Float32Array(4).fill(-9));
      expect(run({ taskRows, taskPanels })).toEqual(whole);
    }),
    { numRuns: 100 },
  );
});

it("convolves the same in one task and in any number of them", () => {
  fc.assert(
    fc.property(depthwiseShapes, fc.boolean(), (shape, isBackwards) => {
      const run = (taskLines: number) => {
        heap.fill(-9);
        const { job, from, length } = layJob({ ...shape, taskLines }, heap);
        return result(job, from - 4, length + 8, isBackwards);
      };
      const whole = run(shape.batch * shape.height);
      expect(whole.subarray(0, 4)).toEqual(new Float32Array(4).fill(-9));
      expect(whole.subarray(-4)).toEqual(new Float32Array(4).fill(-9));
      expect(run(shape.taskLines)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

it("touches nothing after a task's last channel, not even to write back what was there", () => {
  fc.assert(
    fc.property(depthwiseShapes, (shape) => {
      const { job, length } = layDepthwise(shape, heap);
      // Behind the last one the memory ends, where touching is an error.
      const { job: last } = layDepthwise(shape, heap, heap.length - length);
      for (let task = 0; task < tasksOf(job); task++) runTask(programs, last, task);
    }),
    { numRuns: 60, examples: [[attosFirstStage]] },
  );
});

it("runs jobs of every shape the same beyond 2 GiB and across them", () => {
  const large = new WebAssembly.Memory({ initial: 2 ** 15 + jobPages });
  const beyond = instantiate(compilePrograms(false), large);
  const bytes = jobPages * 2 ** 16;
  const values = (on: Programs, view: Float32Array, shape: JobShape) => {
    const { job, from, length } = layJob(shape, view);
    const told = decodeJob(encodeJob(job));
    expect(told).toEqual(job);
    for (let task = 0; task < tasksOf(told); task++) runTask(on, told, task);
    return view.slice(from, from + length);
  };
  fc.assert(
    fc.property(
      jobShapes,
      fc.constantFrom(...Object.values(places)),
      fc.nat({ max: 99 }),
      (shape, place, floats) => {
        // Somewhere in what is read or written.
        const view = new Float32Array(large.buffer, 2 ** 31 - 4 * (place + floats), bytes / 4);
        expect(values(beyond, view, shape)).toEqual(values(programs, heap, shape));
      },
    ),
    { numRuns: 300 },
  );
});

it("puts patches side by side, in one task and in any number of them", () => {
  const cases = fc.record({
    batch: fc.integer({ min: 1, max: 3 }),
    height: fc.integer({ min: 4, max: 11 }),
    width: fc.integer({ min: 4, max: 9 }),
    shape: fc.constantFrom([4, 3], [2, 6], [2, 5], [3, 1]),
    taskLines: fc.integer({ min: 1, max: 6 }),
    isBackwards: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ batch, height, width, shape: [patch = 1, channels = 1], ...how }) => {
      const [imageLines, across] = [Math.floor(height / patch), Math.floor(width / patch)];
      const lines = batch * imageLines;
      const image = noise(batch * height * width * channels, 1);
      heap.fill(-9);
      heap.set(image, x);
      const sizes = { patch, lines, imageLines, across, height, width, channels };
      const job = { kind: "patches", x: 4 * x, result: 4 * y, ...sizes, taskLines: how.taskLines } as const;
      const length = lines * across * patch * patch * channels;
      const actual = result(job, y - 4, length + 8, how.isBackwards);
      const expected = Array.from({ length }, (_, index) => {
        const channel = index % channels;
        const pixel = Math.floor(index / channels) % (patch * patch);
        const place = Math.floor(index / channels / patch / patch);
        const [line, column] = [Math.floor(place / across), place % across];
        const [n, row] = [Math.floor(line / imageLines), line % imageLines];
        const source = (n * height + row * patch + Math.floor(pixel / patch)) * width;
        return image[(source + column * patch + (pixel % patch)) * channels + channel];
      });
      expect([...actual]).toEqual([-9, -9, -9, -9, ...expected, -9, -9, -9, -9]);
    }),
  );
});

it("activates the same in one task and in several", () => {
  const run = (taskBytes: number) => {
    heap.set(noise(100, 1), x);
    return result({ kind: "gelu", start: 4 * x, end: 4 * (x + 100), taskBytes }, x, 100, true);
  };
  expect(run(48)).toEqual(run(400));
});

it("reads words that are half written without an error and without end", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 254 }), (words) => {
      const job = decodeJob(Int32Array.from(words));
      expect(["multiply", "depthwise", "gelu", "patches"]).toContain(job.kind);
      tasksOf(job);
    }),
  );
});
