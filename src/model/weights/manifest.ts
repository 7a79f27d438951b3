/**
 * @file The list of known checkpoints, `weights/manifest.json`: what each is, where it lies and how it is checked.
 */
import { z } from "zod";
import { type AnyNetwork, anyNetworkSchema } from "../graph/network.ts";
import { CheckpointError } from "./tensorMap.ts";

/** A file on the weights hub (Hugging Face). `revision` is a commit, or a branch where only a part of the commit is known. */
export interface HubFile {
  readonly repo: string;
  readonly revision: string;
  readonly file: string;
}

/** Evaluation transform that the checkpoint expects; mean and std per channel, of values from 0 to 1. */
export interface EntryPreprocessing {
  readonly imageSize: number;
  readonly cropPct: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

export interface ManifestEntry {
  readonly id: string;
  readonly architecture: AnyNetwork;
  /** Path below `weights/` on this host; it comes before the hub. */
  readonly file?: string;
  readonly hub?: HubFile;
  /** Exact size of the published file, checked. */
  readonly bytes?: number;
  /** For the question before a large download, where the exact size is not known. */
  readonly approximateBytes?: number;
  /** Of the published file, lower-case hex. Without it the file is "not pinned": the hub's own hash is compared. */
  readonly sha256?: string;
  /** Of the file on this host, where that is another one (`npm run weights` notes what it wrote). */
  readonly fileBytes?: number;
  readonly fileSha256?: string;
  /** As `imagenet-1k`. */
  readonly dataset: string;
  /** In the order of the logits, or the name of a list that the app has. */
  readonly classNames: readonly string[] | "imagenet-1k";
  readonly preprocessing: EntryPreprocessing;
  /** As published: share of right first answers, 0 to 1, and on what. */
  readonly accuracy?: { readonly top1: number; readonly on: string };
  /** Labelled images to measure on, below `weights/`. */
  readonly testSet?: { readonly image: string; readonly labels: string };
  readonly licence: string;
  /** Who published it, with an address. */
  readonly source: string;
}

export interface Manifest {
  readonly version: 1;
  readonly entries: readonly ManifestEntry[];
}

const path = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/, "must be a path below weights/")
  .refine((text) => !text.includes(".."));
const bytes = z.number().int().positive();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const three = z.tuple([z.number(), z.number(), z.number()]);

const entry = z
  .strictObject({
    id: z.string().regex(/^[\w.-]+$/),
    architecture: anyNetworkSchema,
    file: path.exactOptional(),
    hub: z
      .strictObject({
        repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
        revision: z.string().regex(/^[\w.-]+$/),
        file: path,
      })
      .exactOptional(),
    bytes: bytes.exactOptional(),
    approximateBytes: bytes.exactOptional(),
    sha256: sha256.exactOptional(),
    fileBytes: bytes.exactOptional(),
    fileSha256: sha256.exactOptional(),
    dataset: z.string(),
    classNames: z.union([z.literal("imagenet-1k"), z.array(z.string())]),
    preprocessing: z.strictObject({
      imageSize: bytes,
      cropPct: z.number().positive(),
      mean: three,
      std: three,
    }),
    accuracy: z.strictObject({ top1: z.number().min(0).max(1), on: z.string() }).exactOptional(),
    testSet: z.strictObject({ image: path, labels: path }).exactOptional(),
    licence: z.string(),
    source: z.string(),
  })
  .refine((value) => value.file ?? value.hub, "needs a file or a hub address");

const manifest = z.strictObject({ version: z.literal(1), entries: z.array(entry) });

/** @throws CheckpointError `badManifest`, which says where it is wrong. */
export function parseManifest(value: unknown): Manifest {
  const result = manifest.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new CheckpointError(
      "badManifest",
      `The manifest is wrong at ${issue?.path.join(".")}: ${issue?.message}.`,
    );
  }
  const ids = result.data.entries.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new CheckpointError("badManifest", `The manifest names ${twice} twice.`);
  return result.data;
}

/** Size for questions and progress bars, exact or nearly. */
export function sizeOf({ bytes: exact, approximateBytes }: ManifestEntry): number | undefined {
  return exact ?? approximateBytes;
}
