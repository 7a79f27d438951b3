/**
 * @file `npm run bench:edits -- [--rounds N]`: how soon an edit of the bundled network shows its prediction, and what
 * submitting a forward of atto costs the CPU, in turn round by round, on this machine's WebGPU adapter. Prints tables and
 * saves them in docs/benchmarks/.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withPages } from "../../src/cli/browser.ts";
import { presetOf } from "../../src/model/architecture/presets.ts";
import { isFixed, nameOf } from "../../src/model/graph/network.ts";
import { parseManifest } from "../../src/model/weights/manifest.ts";
import type { Compared, Edits } from "./page/edits.ts";
import { conditions, save, table } from "./report.ts";

const page = join(import.meta.dirname, "page/edits.html");
const { values } = parseArgs({ options: { rounds: { type: "string", default: "15" } } });
const rounds = Number(values.rounds);

/** One of every kind. */
const edits: Edits = [
  ["stages[2].depth", 3],
  ["stages[*].tokenMixer.branchRatio", 0.125],
  ["stages[1].tokenMixer.branches", { square: true, bandW: false, bandH: true }],
  ["stages[1].mlpRatio", 2],
  ["stages[3].dim", 100],
  ["stages[2].tokenMixer.bandKernelSize", 13],
  ["stages[*].tokenMixer.squareKernelSize", 5],
  ["stages[1].tokenMixer", { kind: "depthwise", kernelSize: 7, convRatio: 1 }],
];

const manifest = readFileSync(join(import.meta.dirname, "../../public/weights/manifest.json"), "utf8");
const bundled = parseManifest(JSON.parse(manifest)).entries.find(({ file }) => file !== undefined);
if (!bundled || isFixed(bundled.architecture)) throw new Error("There is no bundled network.");
const order = { architecture: bundled.architecture, rounds, weights: bundled.id, edits };
const atto = { architecture: presetOf("inceptionnext_atto").architecture, rounds };

const before = conditions();
const measured = await withPages({ page, needsAdapter: true }, async ({ browser, newPage }) => {
  const its = await newPage();
  const recording = await its.evaluate((given) => window.edits.recording(given), atto);
  const shown = await its.evaluate((given) => window.edits.edits(given), order);
  return { browser: `Chromium ${browser.version()}`, adapter: recording.adapter, recording, shown };
});
const report = { ...before, load_after: conditions().load, rounds, ...measured };
save("edits", report, markdown(report));
console.log(markdown(report));

function markdown({ date, browser, adapter, cpu, cores, load, load_after, ...given }: typeof report): string {
  const row = ({ what, medianMs: [one, other], ratio: { median, low, high } }: Compared, digits: number) => [
    what,
    "",
    one.toFixed(digits),
    other.toFixed(digits),
    median.toFixed(digits),
    `${low.toFixed(digits)} to ${high.toFixed(digits)}`,
  ];
  return [
    "# Edits and forwards",
    "",
    `${date}. ${browser} on ${cores} cores of ${cpu}; WebGPU: ${adapter}.`,
    `Load average ${load.toFixed(1)} before, ${load_after.toFixed(1)} after. Written by \`npm run bench:edits\`.`,
    "",
    `In turn, ${given.rounds} rounds. A ratio is the median over rounds of the times in the same round, with its 95 % interval.`,
    "",
    "## From an edit to its prediction",
    "",
    `${nameOf(order.architecture)} with its weights: build and first forward after the edit, over a forward of the network before it.`,
    "",
    table(
      ["edit", "", "edit and prediction, ms", "steady forward, ms", "ratio", "95 %"],
      given.shown.map((one) => row(one, 2)),
    ),
    "",
    "## What submitting a forward costs the CPU",
    "",
    "Milliseconds of the page's own thread until a forward is on its way: replaying the recording, and TensorFlow.js's operations.",
    "",
    table(["network", "", "replay, ms", "TensorFlow.js, ms", "ratio", "95 %"], [row(given.recording, 4)]),
    "",
  ].join("\n");
}
