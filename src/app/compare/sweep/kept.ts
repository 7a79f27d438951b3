/** @file The forms of what a sweep keeps, checked on reading. */
import { z } from "zod";
import { type Architecture, parseArchitecture } from "../../../model/architecture/schema.ts";
import { measureLimits } from "../../settings/settings.ts";
import { stageScopes, sweepFields } from "./fields.ts";

const positive = z.number().positive();

const sweepResult = z.object({
  medianMs: positive,
  p90Ms: positive,
  imagesPerSecond: positive,
  /** Median of the unswept network in the same rounds. */
  unsweptMs: positive,
  /** Time over the unswept network's, paired by round, with its 95 % interval. */
  ratio: z.object({ median: positive, low: positive, high: positive, rounds: z.int().min(1) }),
  /** Top-1 on the test images, 0 to 1, with the weights that carry over. */
  accuracy: z.number().min(0).max(1).exactOptional(),
});

/** What was measured at one point. */
export type SweepResult = Readonly<z.infer<typeof sweepResult>>;

const architecture = z.unknown().transform((input, context): Architecture => {
  const parsed = parseArchitecture(input);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: "custom", message: parsed.issues[0]?.message ?? "No architecture" });
  return z.NEVER;
});

export const batch = z.int().min(1).max(measureLimits.batch);
export const runs = z.int().min(1).max(measureLimits.runs);

export const measured = z.object({
  /** The unswept network, with which every point ran in turn. */
  architecture,
  batch,
  runs,
  /** Backend and adapter in words: points of another are not put beside these. */
  device: z.string(),
  /** The weights that accuracies are of. */
  weights: z.string().exactOptional(),
  /** Of the unswept network, with those weights. */
  unsweptAccuracy: z.number().min(0).max(1).exactOptional(),
  /** By key of the point's values. */
  results: z.record(z.string(), sweepResult),
  /** Why the device refused a point, by key. */
  refused: z.record(z.string(), z.string()),
});

/** Points that may be put beside each other. */
export type Measured = Readonly<z.infer<typeof measured>>;

export const axisDraft = z.object({
  field: z.enum(sweepFields.map(({ field }) => field)),
  scope: z.enum(stageScopes),
  /** As it was typed. */
  values: z.string().max(400),
});

export type AxisDraft = Readonly<z.infer<typeof axisDraft>>;
