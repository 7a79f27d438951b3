/**
 * @file `npm run bench:kernels -- [--rounds N]`: single programs of InceptionNeXt-T against what they replace, in turn round
 * by round, on this machine's WebGPU adapter. Prints a table and saves it in docs/benchmarks/.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { withPages } from "../../src/cli/browser.ts";
import { presetOf } from "../../src/model/architecture/presets.ts";
import type { Comparison, KernelOrder } from "./page/kernels.ts";
import { conditions, save, table } from "./report.ts";

const page = join(import.meta.dirname, "page/kernels.html");
const { values } = parseArgs({ options: { rounds: { type: "string", default: "15" } } });
const order: KernelOrder = {
  architecture: presetOf("inceptionnext_tiny").architecture,
  rounds: Number(values.rounds),
};

const before = conditions();
const measured = await withPages({ page, needsAdapter: true }, async ({ browser, newPage }) => {
  const its = await newPage();
  const adapter = await its.evaluate(() => window.kernels.start());
  const pointwise = await its.evaluate((given) => window.kernels.pointwise(given), order);
  const depthwise = await its.evaluate((given) => window.kernels.depthwise(given), order);
  return { browser: `Chromium ${browser.version()}`, adapter, pointwise, depthwise };
});
const report = { ...before, load_after: conditions().load, rounds: order.rounds, ...measured };
save("kernels", report, markdown(report));
console.log(markdown(report));

function markdown({ date, browser, adapter, cpu, cores, load, load_after, ...given }: typeof report): string {
  return [
    "# Programs against what they replace",
    "",
    `${date}. InceptionNeXt-T at 224 x 224, batch 1. ${browser} on ${cores} cores of ${cpu}; WebGPU: ${adapter}.`,
    `Load average ${load.toFixed(1)} before, ${load_after.toFixed(1)} after. Written by \`npm run bench:kernels\`.`,
    "",
    `In turn, ${given.rounds} rounds, every timing repeating its work until it takes some 60 ms; results were compared first. A ratio is`,
    "the median over rounds of the times in the same round.",
    "",
    "## Pointwise layers",
    "",
    "With bias and GELU or residual, against a matrix product alone that is compiled for its sizes (rows x inputs x outputs).",
    "",
    table(
      ["layer", "epilogue", "GFLOP/s", "plain matmul", "share"],
      given.pointwise.map((one) => [
        one.what,
        one.names[0].split(" and ")[1] ?? "",
        gflops(one, 0),
        gflops(one, 1),
        `${(100 * one.speedup.median).toFixed(0)} %`,
      ]),
    ),
    "",
    "## Inception depthwise",
    "",
    "All four branches in one dispatch.",
    "",
    table(
      ["map", "against", "ms", "the other's ms", "times faster"],
      given.depthwise.map(({ what, names, medianMs: [program, other], speedup }) => [
        what,
        names[1],
        program.toFixed(2),
        other.toFixed(2),
        speedup.median.toFixed(2),
      ]),
    ),
    "",
  ].join("\n");
}

/** A multiply-add counts as two. */
function gflops({ macs, medianMs }: Comparison, of: 0 | 1): string {
  return ((2 * macs) / (1e6 * medianMs[of])).toFixed(1);
}
