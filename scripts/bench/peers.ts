/**
 * @file `npm run bench:peers -- [--networks bundled,atto,tiny] [--runs N] [--warmup N]`: this app against what else runs such
 * a network in a browser, in turn round by round, on this machine. Prints a table and saves it in docs/benchmarks/.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { withPages } from "../../src/cli/browser.ts";
import { presetOf } from "../../src/model/architecture/presets.ts";
import type { Architecture } from "../../src/model/architecture/schema.ts";
import { interleave, type Runner } from "../../src/model/benchmark/rounds.ts";
import { type RatioInterval, ratioInterval, summarise } from "../../src/model/benchmark/statistics.ts";
import { deviationsApart } from "../../src/model/graph/difference.ts";
import { isFixed } from "../../src/model/graph/network.ts";
import { parseManifest } from "../../src/model/weights/manifest.ts";
import type { ContestantName } from "./page/peers.ts";
import { conditions, save, table } from "./report.ts";

const root = join(import.meta.dirname, "../..");
const page = join(import.meta.dirname, "page/peers.html");

/** Largest difference from the reference's logits, in their standard deviations, with which two networks count as one. */
const tolerance = 1e-4;
const reference: ContestantName = "TensorFlow.js, wasm";
/** What the others are compared with. */
const ours = ["this app, webgpu", "this app, wasm"] as const satisfies readonly ContestantName[];

/** With the rounds that a software adapter gets through in some minutes. */
const networks: Readonly<Record<string, { readonly rounds: number; architecture(): Architecture }>> = {
  bundled: {
    rounds: 31,
    architecture: () => {
      const manifest = readFileSync(join(root, "public/weights/manifest.json"), "utf8");
      const bundled = parseManifest(JSON.parse(manifest)).entries.find(({ file }) => file !== undefined);
      if (!bundled || isFixed(bundled.architecture)) throw new Error("There is no bundled network.");
      return bundled.architecture;
    },
  },
  atto: { rounds: 15, architecture: () => presetOf("inceptionnext_atto").architecture },
  tiny: { rounds: 5, architecture: () => presetOf("inceptionnext_tiny").architecture },
};

interface Row {
  readonly name: string;
  readonly on: string;
  readonly median_ms: number;
  readonly p90_ms: number;
  /** Of its time over this app's in the same round, by backend of this app. */
  readonly ratio_to_app: Readonly<Record<(typeof ours)[number], RatioInterval>>;
  /** Largest difference of a logit from the reference's, in their standard deviations. */
  readonly difference: number;
}

interface Result {
  readonly network: string;
  readonly image_size: number;
  readonly runs: number;
  readonly rows: readonly Row[];
}

const { values } = parseArgs({
  options: {
    networks: { type: "string", default: Object.keys(networks).join(",") },
    runs: { type: "string" },
    warmup: { type: "string", default: "2" },
  },
});
const warmup = Number(values.warmup);

const before = conditions();
const measured = await withPages(
  // Without a GPU, Chromium wants to be asked for WebGL on the processor.
  { page, needsAdapter: true, flags: ["--enable-unsafe-swiftshader"] },
  async ({ browser, newPage }) => {
    const results: Result[] = [];
    for (const name of values.networks.split(",")) {
      const network = networks[name];
      if (!network) throw new Error(`There is no network ${name}: ${Object.keys(networks).join(", ")}.`);
      const runs = values.runs === undefined ? network.rounds : Number(values.runs);
      results.push(await compare(network.architecture(), runs, newPage));
    }
    return { browser: `Chromium ${browser.version()}`, results };
  },
);
const report = {
  ...before,
  load_after: conditions().load,
  browser: measured.browser,
  versions: versions("@tensorflow/tfjs-core", "onnxruntime-web"),
  reference,
  results: measured.results,
};
save("peers", report, markdown(report));
console.log(markdown(report));

/** @throws Error where a contestant's logits are not the reference's. */
async function compare(
  architecture: Architecture,
  runs: number,
  newPage: () => Promise<Page>,
): Promise<Result> {
  const first = await newPage();
  const names = await first.evaluate(() => window.peers.names);
  await first.close();
  const opened = new Map<
    ContestantName,
    { readonly page: Page; readonly on: string; logits: readonly number[] }
  >();
  for (const name of names) {
    const its = await newPage();
    const order = { name, architecture };
    const { on, logits } = await its.evaluate(
      (given) => window.peers.open(given.name, given.architecture),
      order,
    );
    console.error(`${architecture.name}: ${name} is ready on ${on}.`);
    opened.set(name, { page: its, on, logits });
  }
  const expected = Float32Array.from(opened.get(reference)?.logits ?? []);
  const differences = new Map(
    [...opened].map(([name, { logits }]) => [name, deviationsApart(Float32Array.from(logits), expected)]),
  );
  const wrong = [...differences].filter(([, value]) => !(value < tolerance));
  if (wrong.length > 0) {
    const list = wrong.map(([name, value]) => `${name} by ${value.toExponential(1)}`).join(", ");
    throw new Error(
      `${architecture.name}: logits differ from those of ${reference}: ${list} of their deviation.`,
    );
  }
  // Only the time in the page counts, not the way there: the clock stands while nothing runs.
  let clock = 0;
  const runners = [...opened].map(
    ([name, its]): Runner => ({
      name,
      run: async () => {
        clock += await its.page.evaluate(() => window.peers.time());
      },
    }),
  );
  const onProgress = (_: number, what: string) => process.stderr.write(`\r${architecture.name}: ${what}   `);
  const samples = await interleave(runners, { warmup, runs, now: () => clock, onProgress });
  process.stderr.write("\n");
  for (const its of opened.values()) await its.page.close();
  const counted = new Map([...samples].map(([name, { countedMs }]) => [name, countedMs]));
  const rows = [...opened].map(([name, { on }]): Row => {
    const { medianMs, p90Ms } = summarise(counted.get(name) ?? [], 1);
    const over = (our: ContestantName) => ratioInterval(counted.get(name) ?? [], counted.get(our) ?? []);
    return {
      name,
      on,
      median_ms: medianMs,
      p90_ms: p90Ms,
      ratio_to_app: { "this app, webgpu": over(ours[0]), "this app, wasm": over(ours[1]) },
      difference: differences.get(name) ?? Number.NaN,
    };
  });
  return { network: architecture.name ?? "network", image_size: architecture.imageSize, runs, rows };
}

function versions(...packages: readonly string[]): Readonly<Record<string, string>> {
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
  return Object.fromEntries(packages.map((name) => [name, versionOf(name)]));
}

function markdown(given: typeof report): string {
  const adapter = given.results[0]?.rows.find(({ name }) => name === ours[0])?.on ?? "";
  const packages = Object.entries(given.versions).map(([name, version]) => `${name} ${version}`);
  const parts = given.results.map(({ network, image_size: size, runs: rounds, rows }) =>
    [
      `## ${network}, ${size} x ${size}, batch 1, ${rounds} rounds`,
      "",
      table(
        ["", "on", "median ms", "p90 ms", "time / this app, webgpu", "time / this app, wasm", "difference"],
        rows.map((row) => [
          row.name,
          row.on,
          row.median_ms.toFixed(1),
          row.p90_ms.toFixed(1),
          row.ratio_to_app["this app, webgpu"].median.toFixed(2),
          row.ratio_to_app["this app, wasm"].median.toFixed(2),
          row.difference.toExponential(1),
        ]),
      ),
    ].join("\n"),
  );
  return [
    "# This app and its peers",
    "",
    `${given.date}. ${given.browser} on ${given.cores} cores of ${given.cpu}; WebGPU: ${adapter}; ${packages.join(", ")}.`,
    `Load average ${given.load.toFixed(1)} before, ${given.load_after.toFixed(1)} after. Written by \`npm run bench:peers\`.`,
    "",
    "One forward of one image, from its pixels to the logits on the CPU, all in turn round by round, each in a page of its own, after",
    `${warmup} uncounted rounds. Weights are seeded and the same for all; ONNX Runtime reads the file that this project exports, with a`,
    "fixed batch. A ratio is the median over rounds of the times in the same round. The difference is the largest of any logit from",
    `those of "${given.reference}", in standard deviations of the logits; above ${tolerance} nothing would have been measured.`,
    "TensorFlow.js is one operation a layer, as the network was trained.",
    "",
    parts.join("\n\n"),
    "",
  ].join("\n");
}
