/**
 * @file `sweep`: how cost and speed change with one or more fields of an architecture.
 */
import { costOf } from "../model/analysis/cost.ts";
import type { Architecture } from "../model/architecture/schema.ts";
import { type Axis, parseAxis, type SweepPoint, sweepPoints } from "../model/benchmark/sweep.ts";
import type { Measurement } from "../model/engine/api.ts";
import { lower } from "../model/graph/lower.ts";
import { mostBatch, mostRuns, warmup } from "./bench.ts";
import { backends, type Command, count, InputError, oneOf, readArgs, required } from "./command.ts";
import { readArchitecture } from "./files.ts";
import type { Outcome, SweepOrder } from "./harness.ts";

/** Each takes about as long as its runs. */
const mostPoints = 10_000;

export const sweep: Command = {
  usage:
    "--architecture FILE --field PATH=VALUES [--field PATH=VALUES ...] [--backend auto|webgpu|wasm|cpu] [--batch N] [--runs N]",
  help: `Times the architecture with every combination of the fields' values, each in turn with the architecture as it is,
interleaved as "bench" does. The batch is 1 and there are 20 runs unless given.

A field is named as in "stages[2].depth"; "stages[*]" means every stage that has it. Values are a list, as "3,7,11" or
"1/16,1/8", or a range with a step, as "3..31:2".

Prints { "backend", "adapter", "points": [{ "values": {path: value}, "params", "macs", "median_ms", "p90_ms",
"images_per_s", "ratio" }] }, the last field fastest. "ratio" is the median over rounds of the point's time over that of
the architecture as it is. A point that no network can have, or that does not fit the device, has "values" and "error".`,
  async run(args) {
    const { values } = readArgs(args, {
      architecture: { type: "string" },
      field: { type: "string", multiple: true },
      backend: { type: "string", default: "auto" },
      batch: { type: "string", default: "1" },
      runs: { type: "string", default: "20" },
    });
    const file = required(values.architecture, "architecture");
    const axes = axesOf(required(values.field, "field"));
    const backend = oneOf(values.backend, "backend", backends);
    const batch = count(values.batch, "batch", mostBatch);
    const runs = count(values.runs, "runs", mostRuns);
    const architecture = readArchitecture(file);
    const points = pointsOf(architecture, axes);
    const networks = points.flatMap((point) => ("architecture" in point ? [point.architecture] : []));
    const requests = networks.map((network) => ({
      variants: [
        { name: "point", architecture: network },
        { name: "as it is", architecture },
      ],
      ...{ batch, runs, warmup },
    }));
    const order: SweepOrder = { backend, requests };
    // Bundler and browser are heavy: bad input is told without them.
    const { inBrowser } = await import("./browser.ts");
    const measured = await inBrowser({ backend }, (page) =>
      page.evaluate((given) => window.harness.sweep(given), order),
    );
    const outcomes = measured.outcomes.values();
    return {
      backend: measured.backend.name,
      adapter: measured.backend.adapter,
      points: points.map((point) =>
        "architecture" in point
          ? measuredPoint(point, outcomes.next().value)
          : { values: point.values, error: point.issues.map(({ message }) => message).join("; ") },
      ),
    };
  },
};

/** @throws InputError */
function axesOf(fields: readonly string[]): readonly Axis[] {
  const axes = fields.map((field) => {
    try {
      return parseAxis(field);
    } catch (error) {
      throw new InputError(`--field ${field}: ${(error as Error).message}`);
    }
  });
  const points = axes.reduce((product, axis) => product * axis.values.length, 1);
  if (points > mostPoints)
    throw new InputError(`That is ${points} points; a sweep has at most ${mostPoints}.`);
  if (new Set(axes.map(({ path }) => path)).size < axes.length)
    throw new InputError("A field can be swept once only.");
  return axes;
}

/** @throws InputError where not one of them is a network. */
function pointsOf(architecture: Architecture, axes: readonly Axis[]): readonly SweepPoint[] {
  const points = sweepPoints(architecture, axes);
  const [first] = points;
  if (first && "issues" in first && points.every((point) => "issues" in point)) {
    const [issue] = first.issues;
    throw new InputError(
      `No value gives a network: ${issue?.message ?? "the fields contradict each other"}.`,
    );
  }
  return points;
}

function measuredPoint(
  { values, architecture }: SweepPoint & { readonly architecture: Architecture },
  outcome: Outcome<Measurement> | undefined,
) {
  const { params, macs } = costOf(lower(architecture)).total;
  if (!outcome?.ok) return { values, params, macs, error: outcome?.message ?? "It was not measured." };
  const [result] = outcome.value.results;
  const [ratio] = outcome.value.ratios;
  return {
    values,
    params,
    macs,
    median_ms: result?.medianMs,
    p90_ms: result?.p90Ms,
    images_per_s: result?.imagesPerSecond,
    ratio: ratio?.median,
  };
}
