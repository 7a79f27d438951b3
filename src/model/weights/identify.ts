/**
 * @file Whether a file that a person gave is one of the manifest's, by its hash: then its classes and its evaluation
 * transform are known, which no checkpoint says itself.
 */
import type { ManifestEntry } from "./manifest.ts";
import { Sha256 } from "./sha256.ts";
import { type CheckpointSource, readBytes } from "./source.ts";

const sliceBytes = 4 * 2 ** 20;

/** Published sizes that are only nearly known are within this share of the file's. */
const sizeTolerance = 0.02;

/** A manifest's file, and the SHA-256 by which it is known. */
interface KnownFile {
  readonly entry: ManifestEntry;
  readonly sha256: string;
}

/** The entry whose file this is, and its hash. Hashed, in slices, only where the size fits an entry. */
export async function entryOfFile(
  source: CheckpointSource,
  entries: readonly ManifestEntry[],
): Promise<KnownFile | undefined> {
  const candidates = entries.flatMap((entry) =>
    hashesFor(source.size, entry).map((sha256) => ({ entry, sha256 })),
  );
  if (candidates.length === 0) return undefined;
  const found = await hashOf(source);
  return candidates.find(({ sha256 }) => sha256 === found);
}

/** Hashes of the entry's files that may be of this size. */
function hashesFor(
  size: number,
  { bytes, approximateBytes = size, sha256, fileBytes, fileSha256 }: ManifestEntry,
): readonly string[] {
  const isNear = Math.abs(size - approximateBytes) <= sizeTolerance * approximateBytes;
  const isPublished = bytes === undefined ? isNear : bytes === size;
  return [isPublished ? sha256 : undefined, fileBytes === size ? fileSha256 : undefined].filter(
    (hash) => hash !== undefined,
  );
}

async function hashOf(source: CheckpointSource): Promise<string> {
  const hash = new Sha256();
  for (let at = 0; at < source.size; at += sliceBytes) {
    hash.update(await readBytes(source, at, Math.min(at + sliceBytes, source.size), "the file"));
  }
  return hash.digest();
}
