/** @file A crew on threads of Node, so that a unit test has real ones. */
import { Worker } from "node:worker_threads";
import { type Crew, crewOf, type HelperStart } from "./crew.ts";
import { compilePrograms, instantiate, type Programs } from "./programs.ts";

export interface NodeCrew {
  readonly crew: Crew;
  readonly programs: Programs;
  /** Ends the threads. */
  close(): Promise<void>;
}

export async function nodeCrew(helpers: number, pages: number): Promise<NodeCrew> {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const module = compilePrograms(true);
  const programs = instantiate(module, memory);
  const workers: Worker[] = [];
  const startHelper = (start: HelperStart) => {
    const worker = new Worker(bootstrap, { eval: true, workerData: start });
    workers.push(worker);
    return new Promise<boolean>((resolve, reject) => {
      worker.once("message", () => resolve(true));
      worker.once("error", reject);
    });
  };
  const crew = await crewOf(programs, { module, memory, helpers, startHelper });
  return {
    crew,
    programs,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Node runs no TypeScript by itself. */
const helper = JSON.stringify(new URL("./nodeHelper.testing.ts", import.meta.url).href);
const bootstrap = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${helper}, ${helper}))`;
