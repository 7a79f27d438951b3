/** @file Whether threads give what a single one does. */
import type { Crew } from "./crew.ts";
import { type JobShape, layJob } from "./jobs.testing.ts";
import { runTask, tasksOf } from "./jobs.ts";
import type { Programs } from "./programs.ts";

/** Index of the first value that comes out otherwise than on a single thread, in any of the rounds; -1 if none does. */
export function firstDifference(
  { crew, programs }: { readonly crew: Crew; readonly programs: Programs },
  shape: JobShape,
  rounds: number,
): number {
  const heap = programs.floats();
  const { job, from, length } = layJob(shape, heap);
  for (let task = 0; task < tasksOf(job); task++) runTask(programs, job, task);
  const expected = heap.slice(from, from + length);
  for (let round = 0; round < rounds; round++) {
    layJob(shape, heap);
    crew.run(job);
    const differing = expected.findIndex((value, index) => heap[from + index] !== value);
    if (differing >= 0) return differing;
  }
  return -1;
}
