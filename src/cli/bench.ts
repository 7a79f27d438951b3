/**
 * @file `bench`: how fast architectures run, measured in turn round by round.
 */
import { basename } from "node:path";
import { backends, type Command, count, oneOf, readArgs, required } from "./command.ts";
import { readArchitecture } from "./files.ts";
import type { BenchOrder } from "./harness.ts";

/** Uncounted rounds: the first compiles, the next lets clocks and caches settle. */
const warmup = 3;
const most = { batch: 1024, runs: 100_000 };

export const bench: Command = {
  usage:
    "--architecture FILE [--architecture FILE ...] [--backend auto|webgpu|wasm|cpu] [--batch N] [--runs N]",
  help: `Times forwards of each architecture, interleaved: one run of each a round, after ${warmup} uncounted rounds.
Weights are seeded; speed does not depend on them. The batch is 1 and there are 20 runs unless given.

Prints { "backend", "adapter", "results": [{ "name", "batch", "runs", "median_ms", "p90_ms", "p99_ms", "images_per_s",
"first_ms" }], "ratios": [{ "a", "b", "median" }] }. Times are of one batch, from the call to the logits on the CPU;
"first_ms" compiles and uploads. A ratio is the median over rounds of a's time over b's.`,
  async run(args) {
    const { values } = readArgs(args, {
      architecture: { type: "string", multiple: true },
      backend: { type: "string", default: "auto" },
      batch: { type: "string", default: "1" },
      runs: { type: "string", default: "20" },
    });
    const files = required(values.architecture, "architecture");
    const backend = oneOf(values.backend, "backend", backends);
    const batch = count(values.batch, "batch", most.batch);
    const runs = count(values.runs, "runs", most.runs);
    const names = namesOf(files);
    const variants = files.map((file, index) => ({
      name: names[index] ?? file,
      architecture: readArchitecture(file),
    }));
    const order: BenchOrder = { backend, request: { variants, batch, runs, warmup } };
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
        first_ms: result.firstMs,
      })),
      ratios: measured.ratios,
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
