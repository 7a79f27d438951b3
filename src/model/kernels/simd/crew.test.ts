/** @file Real threads, thousands of jobs of every shape. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { firstDifference } from "./crew.testing.ts";
import { crewOf } from "./crew.ts";
import { attosFirstStage, jobPages, jobShapes } from "./jobs.testing.ts";
import type { Job } from "./jobs.ts";
import { type NodeCrew, nodeCrew } from "./nodeCrew.testing.ts";
import { compilePrograms, instantiate } from "./programs.ts";

let several: NodeCrew;
beforeAll(async () => {
  several = await nodeCrew(2, jobPages);
});
afterAll(() => several.close());

it("runs jobs of every shape as a single thread does", () => {
  expect(several.crew.threads).toBe(3);
  fc.assert(
    fc.property(jobShapes, (shape) => {
      expect(firstDifference(several, shape, 20)).toBe(-1);
    }),
    { numRuns: 200 },
  );
});

it("keeps a branch that ends with its pixel from the pixels of other tasks", () => {
  expect(firstDifference(several, attosFirstStage, 2000)).toBe(-1);
});

it("gives nothing any more once a job was left in the middle", async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const module = compilePrograms(true);
  const programs = instantiate(module, memory);
  let isBroken = true;
  const failing = {
    ...programs,
    gelu: () => {
      if (isBroken) throw new Error("broken");
    },
  };
  const crew = await crewOf(failing, { module, memory, helpers: 1, startHelper: async () => true });
  const job: Job = { kind: "gelu", start: 0, end: 64, taskBytes: 16 };
  expect(() => crew.run(job)).toThrow("broken");
  isBroken = false;
  expect(() => crew.run(job)).toThrow("broken");
});
