/**
 * @file Records of measurements, version 1: everything that is needed to repeat one, in a file that another person's page
 * reads. Nothing in a record is trusted before it is checked.
 */
import { z } from "zod";
import { formatPath, type Parsed } from "../architecture/schema.ts";
import { anyNetworkSchema } from "../graph/network.ts";
import { kernelChoices } from "../runtime/runnable.ts";
import type { Measurement, MeasureRequest } from "./measurement.ts";

/** Of texts in a record, and of the variants and rounds that one may hold. */
const most = { characters: 1000, variants: 1000, rounds: 100_000 };

const text = z.string().min(1).max(most.characters);
const count = z.int().min(0);
const time = z.number().min(0);
const samples = z.array(time).min(1).max(most.rounds).readonly();

const device = z.strictObject({
  backend: z.enum(["webgpu", "wasm", "cpu"]),
  adapter: text,
  /** WebGPU without a real GPU behind it. */
  isSoftware: z.boolean(),
  /** Where the browser tells it. */
  driver: text.exactOptional(),
  /** User agent string. */
  browser: text,
  /** Version of this app. */
  app: text,
  /** Version of TensorFlow.js. */
  tfjs: text,
  crossOriginIsolated: z.boolean(),
});

const variant = z.strictObject({
  name: text,
  network: anyNetworkSchema,
  kernels: z.enum(kernelChoices),
  dispatches: count,
  coldStart: z.strictObject({ buildMs: time, firstMs: time, compiled: count }),
  /** Milliseconds of one forward of the batch, in the order of the rounds. */
  samplesMs: samples,
  gpu: z
    .strictObject({
      medianMs: time,
      samplesMs: samples,
      resolutionMs: time,
      repeats: count.min(1),
      isResolved: z.boolean(),
    })
    .exactOptional(),
});

const record = z
  .strictObject({
    version: z.literal(1, "Version must be 1"),
    id: text,
    startedAt: z.iso.datetime(),
    device,
    settings: z.strictObject({ batch: count.min(1), runs: count.min(1), warmup: count }),
    variants: z.array(variant).min(1).max(most.variants).readonly(),
    /** Rounds that were thrown out and run again. */
    discarded: z.strictObject({ hidden: count, busy: count }),
  })
  .check(({ value, issues }) => {
    const [first] = value.variants;
    const keys = new Set<string>();
    for (const [index, { name, kernels, samplesMs }] of value.variants.entries()) {
      const refuse = (field: string, message: string) =>
        issues.push({ code: "custom", input: value, path: ["variants", index, field], message });
      const key = keyOf({ name, kernels });
      if (keys.has(key)) refuse("name", `There are two variants ${key}`);
      keys.add(key);
      if (samplesMs.length !== first?.samplesMs.length) {
        refuse("samplesMs", "Rounds are shared, so all variants must have the same number of runs");
      }
    }
  });

/** One measurement, of one device, at one time. */
export type BenchmarkRecord = Readonly<z.infer<typeof record>>;

export interface Occasion {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  /** Version of this app. */
  readonly app: string;
}

/** What was measured, for keeping. @throws RangeError where the measurement does not answer the request. */
export function recordOf(
  measurement: Measurement,
  request: Pick<MeasureRequest, "variants">,
  { id, startedAt, app }: Occasion,
): BenchmarkRecord {
  const { backend, environment, settings, results, discarded } = measurement;
  const networks = new Map(request.variants.map(({ name, architecture }) => [name, architecture]));
  return {
    version: 1,
    id,
    startedAt,
    device: {
      backend: backend.name,
      adapter: backend.adapter,
      isSoftware: backend.isSoftware,
      app,
      ...environment,
    },
    settings,
    variants: results.map(({ name, kernels, dispatches, coldStart, samplesMs, gpu }) => {
      const network = networks.get(name);
      if (!network) throw new RangeError(`Nobody asked for ${name}.`);
      return { name, network, kernels, dispatches, coldStart, samplesMs, ...(gpu ? { gpu } : {}) };
    }),
    discarded,
  };
}

/** How a variant of a record is told apart from the others: by its name and kernels. */
export function keyOf({
  name,
  kernels,
}: Pick<BenchmarkRecord["variants"][number], "name" | "kernels">): string {
  return `${name} (${kernels})`;
}

/** Checks any value. Never throws; every issue names the field that it is about. */
export function parseRecord(input: unknown): Parsed<BenchmarkRecord> {
  const { data, error } = record.safeParse(input);
  return data
    ? { ok: true, value: data }
    : { ok: false, issues: error.issues.map(({ path, message }) => ({ path: formatPath(path), message })) };
}

/** As {@link parseRecord}, for the text of a file. */
export function recordFromJson(json: string): Parsed<BenchmarkRecord> {
  let input: unknown;
  try {
    input = JSON.parse(json.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { ok: false, issues: [{ path: "", message: `Not JSON: ${(error as Error).message}` }] };
  }
  return parseRecord(input);
}

export function recordToJson(value: BenchmarkRecord): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Whether times of the two may be compared: the same machine as far as the browser tells, and the same software. */
export function sameDevice(a: BenchmarkRecord, b: BenchmarkRecord): boolean {
  const fields = [
    ...new Set([...Object.keys(a.device), ...Object.keys(b.device)]),
  ] as (keyof BenchmarkRecord["device"])[];
  return fields.every((field) => a.device[field] === b.device[field]);
}
