/**
 * @file `bench`: how fast architectures run, measured in turn round by round.
 */
import { basename } from "node:path";
import { resnet50 } from "../model/graph/network.ts";
import { kernelChoices } from "../model/runtime/runnable.ts";
import { backends, type Command, count, oneOf, readArgs, required } from "./command.ts";
import { readArchitecture } from "./files.ts";
import type { BenchOrder } from "./harness.ts";

/** Uncounted rounds: the first compiles, the next lets clocks and caches settle. */
export const warmup = 3;
export const mostBatch = 1024;
export const mostRuns = 100_000;

export const bench: Command = {
  usage:
    "--architecture FILE [--architecture FILE ...] [--backend auto|webgpu|wasm|cpu] [--kernels stock,folded,fused,fused-f16,fused-subgroups] [--batch N] [--runs N] [--ci]",
  help: `Times forwards of each architecture, interleaved: one run of each a round, after ${warmup} uncounted rounds.
Weights are seeded; speed does not depend on them. The batch is 1 and there are 20 runs unless given. "resnet50" in place of
a file is that network.

Kernels: "stock" is one TensorFlow.js operation a layer; "folded" the same after norms were folded into the layers beside
them (the default on cpu); "fused" this project's own programs (the default on webgpu and wasm). Several, separated by
commas, are all run with every architecture. On webgpu two more can be asked for, and are refused where a check finds that
they do not do as "fused" does: "fused-f16" stores weights and activations as 16-bit floats (arithmetic stays float32),
"fused-subgroups" shares the products of a head out among a subgroup.

Prints { "backend", "adapter", "results": [{ "name", "batch", "runs", "median_ms", "p90_ms", "p99_ms", "images_per_s",
"first_ms", "kernels", "dispatches" }], "ratios": [{ "a", "b", "median" }] }. Times are of one batch, from pixels to logits
on the CPU; "first_ms" builds, compiles and uploads. A ratio is the median over rounds of a's time over b's; with several
kernels, a and b are "name (kernels)". With --ci a ratio has "ci95": [low, high], its bootstrap interval of 95 %, and "rounds";
"discarded" then counts the rounds that a busy machine disturbed and that were run again.`,
  async run(args) {
    const { values } = readArgs(args, {
      architecture: { type: "string", multiple: true },
      backend: { type: "string", default: "auto" },
      kernels: { type: "string" },
      batch: { type: "string", default: "1" },
      runs: { type: "string", default: "20" },
      ci: { type: "boolean", default: false },
    });
    const files = required(values.architecture, "architecture");
    const backend = oneOf(values.backend, "backend", backends);
    const kernels = values.kernels?.split(",").map((choice) => oneOf(choice, "kernels", kernelChoices));
    const batch = count(values.batch, "batch", mostBatch);
    const runs = count(values.runs, "runs", mostRuns);
    const names = namesOf(files);
    const variants = files.map((file, index) => ({
      name: names[index] ?? file,
      architecture: file === "resnet50" ? resnet50 : readArchitecture(file),
    }));
    const request = { variants, batch, runs, warmup, ...(kernels ? { kernels: [...new Set(kernels)] } : {}) };
    const order: BenchOrder = { backend, request };
    // Bundler and browser are heavy: bad input is told without them.
    const { inBrowser } = await import("./browser.ts");
    const measured = await inBrowser({ backend }, (page) =>
      page.evaluate((given) => window.harness.bench(given), order),
    );
    return {
      backend: measured.backend.name,
      adapter: measured.backend.adapter,
      results: measured.results.map((result) => ({
        name: result.name,
        batch: result.batch,
        runs: result.runs,
        median_ms: result.medianMs,
        p90_ms: result.p90Ms,
        p99_ms: result.p99Ms,
        images_per_s: result.imagesPerSecond,
        first_ms: result.coldStart.buildMs + result.coldStart.firstMs,
        kernels: result.kernels,
        dispatches: result.dispatches,
      })),
      ratios: measured.ratios.map(({ a, b, median, low, high, rounds }) => ({
        a,
        b,
        median,
        ...(values.ci ? { ci95: [low, high], rounds } : {}),
      })),
      ...(values.ci ? { discarded: measured.discarded } : {}),
    };
  },
};

/** The files' names without folder and ending; where two are alike, the later ones are numbered. */
function namesOf(files: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  for (const file of files) {
    const name = basename(file).replace(/\.json$/i, "");
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
  }
  return [...taken];
}
