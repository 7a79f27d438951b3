/** @file Real threads on one memory; in a browser, since there the workers are those of the app. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { firstDifference } from "./crew.testing.ts";
import { crewOf } from "./crew.ts";
import { attosFirstStage, jobPages, jobShapes, noise } from "./jobs.testing.ts";
import { type Job, tasksOf } from "./jobs.ts";
import { packPanels, panelBytes } from "./matmul.ts";
import { compilePrograms, instantiate, type Programs } from "./programs.ts";

const [inputs, outputs, rows] = [24, 40, 500];
const [x, y, weights] = [1024, 131_072, 65_536] as const;

/** `watch` is put before the programs of this thread. */
async function start(helpers: number, watch: (programs: Programs) => Programs = (programs) => programs) {
  expect(crossOriginIsolated).toBe(true);
  const memory = new WebAssembly.Memory({ initial: 32, maximum: 64, shared: true });
  const module = compilePrograms(true);
  const programs = instantiate(module, memory);
  const panels = packPanels({ weight: noise(outputs * inputs, 2) }, inputs, outputs);
  programs.floats().set(panels, weights);
  const job: Job = {
    kind: "multiply",
    ...{ x: 4 * x, result: 4 * y, panels: 4 * weights, inputs, outputs, rows, gelu: 1, residual: 0 },
    ...{ panelCount: panels.length / (panelBytes(inputs) / 4), taskRows: 6, taskPanels: 2 },
  };
  const crew = await crewOf(watch(programs), { module, memory, helpers });
  const result = (input: Float32Array) => {
    programs.floats().set(input, x);
    programs.floats().fill(Number.NaN, y, y + rows * outputs);
    crew.run(job);
    return programs.floats().slice(y, y + rows * outputs);
  };
  return { crew, job, result };
}

it("shares out job after job, with the results of a single thread", async () => {
  const [several, alone] = [await start(2), await start(0)];
  expect(several.crew.threads).toBe(3);
  expect(alone.crew.threads).toBe(1);
  for (let round = 0; round < 60; round++) {
    const input = noise(rows * inputs, round);
    const expected = alone.result(input);
    const differing = several.result(input).findIndex((value, index) => value !== expected[index]);
    expect(differing).toBe(-1);
  }
});

it("runs jobs of every shape as a single thread does", async () => {
  const memory = new WebAssembly.Memory({ initial: jobPages, maximum: jobPages, shared: true });
  const module = compilePrograms(true);
  const programs = instantiate(module, memory);
  const crew = await crewOf(programs, { module, memory, helpers: 2 });
  expect(crew.threads).toBe(3);
  expect(firstDifference({ crew, programs }, attosFirstStage, 1000)).toBe(-1);
  fc.assert(
    fc.property(jobShapes, (shape) => {
      expect(firstDifference({ crew, programs }, shape, 10)).toBe(-1);
    }),
    { numRuns: 100 },
  );
});

it("leaves tasks to the other threads", async () => {
  let own = 0;
  const { crew, job, result } = await start(2, (programs) => ({
    ...programs,
    matmul: (call) => {
      own += 1;
      // Slowed down, so that the others come to their turn however busy the machine is.
      const until = performance.now() + 5;
      while (performance.now() < until);
      programs.matmul(call);
    },
  }));
  expect(crew.threads).toBe(3);
  const values = result(noise(rows * inputs, 1));
  expect(values.every(Number.isFinite)).toBe(true);
  expect(own).toBeLessThan(tasksOf(job) / 2);
});

it("sees at once what memory has grown by", async () => {
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 512, shared: true });
  const module = compilePrograms(true);
  const programs = instantiate(module, memory);
  const crew = await crewOf(programs, { module, memory, helpers: 2 });
  expect(crew.threads).toBe(3);
  const [lines, width, channels] = [64, 8, 16];
  const length = lines * width * channels;
  for (let growth = 0; growth < 60; growth++) {
    const grownFrom = memory.grow(8) * 65_536;
    const image = noise(length, growth);
    programs.floats().set(image, grownFrom / 4);
    const to = grownFrom + 4 * length;
    crew.run({
      kind: "depthwise",
      ...{ x: grownFrom, result: to, lines, height: lines, width, channels, taskLines: 1, branches: [] },
    });
    const result = programs.floats().slice(to / 4, to / 4 + length);
    expect(result.findIndex((value, index) => value !== image[index])).toBe(-1);
  }
});
