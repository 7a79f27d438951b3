/** @file A thread that helps to run the SIMD programs. */
import type { HelperStart } from "./crew.ts";
import { runTask } from "./jobs.ts";
import { instantiate } from "./programs.ts";
import { serve } from "./tickets.ts";

addEventListener(
  "message",
  ({ data: { module, memory, tickets } }: MessageEvent<HelperStart>) => {
    const programs = instantiate(module, memory);
    postMessage("started");
    serve(tickets, (job, task) => runTask(programs, job, task));
  },
  { once: true },
);
