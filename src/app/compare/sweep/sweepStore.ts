/**
 * @file What the sweep holds: what is to be swept, and the points that were measured. Both survive a reload, so that a sweep
 * goes on where it stopped.
 */
import { z } from "zod";
import { createStore } from "zustand/vanilla";
import { readStored, writeStored } from "../../persistence/storage.ts";
import { sweepFields } from "./fields.ts";
import { type AxisDraft, axisDraft, batch, measured, runs } from "./kept.ts";
import { metricIds } from "./metrics.ts";

const [first] = sweepFields;
if (!first) throw new Error("There is no field to sweep.");
const firstAxis: AxisDraft = { field: first.field, scope: "*", values: first.values };

const sweep = z.object({
  /** `present`, `swept` for the network of the measured points, or the id of a variant on the board. */
  source: z.string().catch("present"),
  /** One or two fields, as they were typed. */
  drafts: z.array(axisDraft).min(1).max(2).catch([firstAxis]),
  batch: batch.catch(1),
  runs: runs.catch(10),
  hasAccuracy: z.boolean().catch(false),
  metric: z.enum(metricIds).catch("ratio"),
  view: z.enum(["field", "front"]).catch("field"),
  /** What latency is weighed against on the front. */
  against: z.enum(["params", "accuracy"]).catch("params"),
  measured: measured.optional().catch(undefined),
});

export type SweepState = Readonly<z.infer<typeof sweep>>;

/** Any stored value as a sweep: what is missing or wrong takes its default. */
export function sweepFrom(stored: unknown): SweepState {
  const read = sweep.safeParse(stored);
  return read.success ? read.data : sweep.parse({});
}

export const sweepStore = createStore<SweepState>()(() => sweepFrom(readStored("lab.sweep")));

sweepStore.subscribe((state) => writeStored("lab.sweep", state));
