/** @file The threads that run the SIMD programs: this one, and helpers on the same memory where that is shared. */
import { type Job, runTask, tasksOf } from "./jobs.ts";
import type { Programs } from "./programs.ts";
import { awaitDone, end, newTickets, putUp, takeTasks } from "./tickets.ts";

export interface Crew {
  /** Threads that take part, this one included. */
  readonly threads: number;
  /** Ends when the job is done. @throws Error for good once a thread has stopped in the middle of a task. */
  run(job: Job): void;
}

/** What a helper is given when it starts. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly tickets: Int32Array<SharedArrayBuffer>;
}

export function loneCrew(programs: Programs): Crew {
  return { threads: 1, run: (job) => runAlone(programs, job) };
}

/** Milliseconds that helpers have to start; who comes later helps, too, but is not counted. */
const startMs = 3000;

interface CrewSize extends Omit<HelperStart, "tickets"> {
  readonly helpers: number;
  /** Starts one; whether it has started in time. Workers of the browser by default. */
  readonly startHelper?: (start: HelperStart) => Promise<boolean>;
}

/** This thread and `helpers` more. They end with the thread that has called this. */
export async function crewOf(
  programs: Programs,
  { module, memory, helpers, startHelper = startWorker }: CrewSize,
): Promise<Crew> {
  const tickets = newTickets();
  const starts = await Promise.all(
    Array.from({ length: helpers }, () => startHelper({ module, memory, tickets })),
  );
  const threads = 1 + starts.filter((isThere) => isThere).length;
  if (threads === 1) return loneCrew(programs);
  let number = 0;
  let failure: unknown;
  return {
    threads,
    run: (job) => {
      if (failure) throw failure;
      const tasks = tasksOf(job);
      if (tasks === 1) {
        runTask(programs, job, 0);
        return;
      }
      number += 1;
      putUp(tickets, number, job);
      try {
        takeTasks(tickets, tasks, (task) => runTask(programs, job, task));
        awaitDone(tickets, tasks);
      } catch (error) {
        // A thread may still be writing to memory that is somebody else's by now, so nothing here can be relied on again.
        failure = error;
        throw error;
      } finally {
        end(tickets, number);
      }
    },
  };
}

function runAlone(programs: Programs, job: Job): void {
  const tasks = tasksOf(job);
  for (let task = 0; task < tasks; task++) runTask(programs, job, task);
}

function startWorker(start: HelperStart): Promise<boolean> {
  const worker = new Worker(new URL("./helper.ts", import.meta.url), { type: "module" });
  return new Promise((resolve) => {
    worker.addEventListener("message", () => resolve(true), { once: true });
    worker.addEventListener("error", () => resolve(false), { once: true });
    setTimeout(() => resolve(false), startMs);
    worker.postMessage(start);
  });
}
