/**
 * @file The architecture JSON, version 2: what a person edits, links to and saves.
 *
 * The words are those of the paper (arXiv 2303.16900) and of timm's `inception_next.py`.
 */
import { z } from "zod";
import { mixerIssue, mixerSchema, type TokenMixer } from "../mixers/table.ts";
import { migrated } from "./migrate.ts";

/** `depth` blocks of `dim` channels that share one kind of token mixer. */
export interface Stage {
  readonly depth: number;
  /** Channels. */
  readonly dim: number;
  /** Hidden channels of a block's MLP = `floor(dim * mlpRatio)`. */
  readonly mlpRatio: number;
  readonly tokenMixer: TokenMixer;
}

/** `mlp`: pool, fc1, GELU, layer norm, fc2 (InceptionNeXt). `linear`: pool, layer norm, linear (ConvNeXt). */
export type Head = { readonly kind: "mlp"; readonly mlpRatio: number } | { readonly kind: "linear" };

/** Whose official code names the weights: InceptionNeXt's, as all of MetaNeXt's, or ConvNeXt's. No layer depends on it. */
export type Family = "metanext" | "convnext";

/** `batchnorm` is InceptionNeXt's, `layernorm` ConvNeXt's; the norm inside a head is a layer norm in both. */
export type Norm = "batchnorm" | "layernorm";

export interface Architecture {
  readonly version: 2;
  readonly name?: string;
  /** Channels of the image. */
  readonly inChannels: number;
  /** Side of the square input image, in pixels. */
  readonly imageSize: number;
  readonly numClasses: number;
  readonly family: Family;
  /** Of stem, downsamplings and blocks. */
  readonly norm: Norm;
  readonly stages: readonly [Stage, Stage, Stage, Stage];
  readonly head: Head;
}

/** One thing that is wrong with an input, at the field `path` (as `stages[2].tokenMixer.bandKernelSize`; empty: the whole). */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Largest values that the format accepts; they stop typing errors, the device's own limits are checked before building. */
export const limits = {
  depth: 256,
  dim: 8192,
  imageSize: 2048,
  numClasses: 100_000,
  mlpRatio: 16,
  inChannels: 64,
  nameLength: 120,
} as const;

const count = (what: string, max: number) =>
  z
    .number({ error: `${what} must be a number` })
    .int(`${what} must be a whole number`)
    .min(1, `${what} must be at least 1`)
    .max(max, `${what} must be at most ${max}`);

const mlpRatio = z
  .number({ error: "MLP ratio must be a number" })
  .positive("MLP ratio must be above 0")
  .max(limits.mlpRatio, `MLP ratio must be at most ${limits.mlpRatio}`);

const stage = z
  .strictObject({
    depth: count("Depth", limits.depth),
    dim: count("Dim", limits.dim),
    mlpRatio,
    tokenMixer: mixerSchema,
  })
  .check(({ value, issues }) => {
    if (Math.floor(value.dim * value.mlpRatio) < 1) {
      issues.push({
        code: "custom",
        input: value,
        path: ["mlpRatio"],
        message: "MLP ratio leaves no hidden channel",
      });
    }
    const misfit = mixerIssue(value.tokenMixer, value.dim);
    if (misfit) {
      const { field, message } = misfit;
      issues.push({ code: "custom", input: value, path: ["tokenMixer", field], message });
    }
  });

const architecture = z
  .strictObject({
    version: z.literal(2, "Version must be 1 or 2"),
    name: z
      .string()
      .max(limits.nameLength, `Name must be at most ${limits.nameLength} characters`)
      .exactOptional(),
    inChannels: count("Input channels", limits.inChannels),
    imageSize: count("Image size", limits.imageSize),
    numClasses: count("Number of classes", limits.numClasses),
    family: z.enum(["metanext", "convnext"], "Family must be metanext or convnext"),
    norm: z.enum(["batchnorm", "layernorm"], "Norm must be batchnorm or layernorm"),
    stages: z.tuple([stage, stage, stage, stage], "There must be four stages"),
    head: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("mlp"), mlpRatio }),
      z.strictObject({ kind: z.literal("linear") }),
    ]),
  })
  .check(({ value, issues }) => {
    if (value.imageSize < smallestImage) {
      const message = `Image size must be at least ${smallestImage}: the four stages divide it by ${smallestImage}, which would leave nothing`;
      issues.push({ code: "custom", input: value, path: ["imageSize"], message });
    }
    const head = value.head;
    if (head.kind === "mlp" && Math.floor(value.stages[3].dim * head.mlpRatio) < 1) {
      issues.push({
        code: "custom",
        input: value,
        path: ["head", "mlpRatio"],
        message: "MLP ratio of the head leaves no hidden feature",
      });
    }
  });

/** The stem divides by 4, three downsamples by 2 each. */
export const smallestImage = 32;

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Checks any value against the format; earlier versions are read as the present one. Never throws; every issue names the field it is about. */
export function parseArchitecture(input: unknown): Parsed<Architecture> {
  const result = architecture.safeParse(migrated(input));
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    issues: result.error.issues.map((issue) => ({ path: formatPath(issue.path), message: issue.message })),
  };
}

/** Thrown where bad input cannot be returned as a value; `issues` says what is wrong and where. */
export class ArchitectureError extends Error {
  override readonly name = "ArchitectureError";
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join("; "));
    this.issues = issues;
  }
}

/** Parses JSON text. @throws ArchitectureError if it is no JSON or no architecture. */
export function architectureFromJson(text: string): Architecture {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ArchitectureError([{ path: "", message: `Not JSON: ${(error as Error).message}` }]);
  }
  const parsed = parseArchitecture(value);
  if (!parsed.ok) throw new ArchitectureError(parsed.issues);
  return parsed.value;
}

/** As issues name fields: `stages[2].depth`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index ? "." : ""}${String(key)}`))
    .join("");
}
