/** @file A thread of Node that helps to run the SIMD programs, as `helper.ts` is one of the browser. */
import { parentPort, workerData } from "node:worker_threads";
import type { HelperStart } from "./crew.ts";
import { runTask } from "./jobs.ts";
import { instantiate } from "./programs.ts";
import { serve } from "./tickets.ts";

const { module, memory, tickets } = workerData as HelperStart;
const programs = instantiate(module, memory);
parentPort?.postMessage("started");
serve(tickets, (job, task) => runTask(programs, job, task));
