/**
 * @file Finds the checkpoint of a manifest entry: on this host, in the cache, on the hub, in this order, and reads it.
 */
import type { WeightsCache } from "./cache.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { type DownloadOptions, download } from "./download.ts";
import { fetchPointer, publicHub, resolveUrl } from "./hub.ts";
import { type Manifest, type ManifestEntry, parseManifest, sizeOf } from "./manifest.ts";
import type { Expected } from "./receiver.ts";
import { type Recognition, recogniseArchitecture } from "./recognise.ts";
import { alignTensors } from "./safetensors.ts";
import { blobSource, bytesSource, type CheckpointSource } from "./source.ts";
import { CheckpointError } from "./tensorMap.ts";

export interface LoadOptions extends DownloadOptions {
  /** Absolute address of the folder that the page is in; `weights/` lies below it. */
  readonly site: string;
  /** Base address of the hub, where it is not the public one. */
  readonly hub?: string;
  readonly cache?: WeightsCache;
  /** Asked before a download of over 50 MB from the hub; without it none is made. */
  readonly allowLarge?: (bytes: number) => boolean | Promise<boolean>;
}

export interface LoadedEntry {
  readonly entry: ManifestEntry;
  readonly recognition: Recognition;
  readonly origin: "same host" | "cache" | "hub";
  /** The manifest knows the file's hash. Otherwise it is as the hub announced it, or as it came from this host. */
  readonly pinned: boolean;
  readonly sha256: string;
  readonly bytes: number;
  /** It can be had again without a network. */
  readonly kept: boolean;
}

/** Downloads over this size ask first. */
export const largeDownload = 50_000_000;

/** @throws CheckpointError `badManifest`, or as `download` does. */
export async function fetchManifest(site: string, options: DownloadOptions = {}): Promise<Manifest> {
  const { bytes } = await download(new URL("weights/manifest.json", site).href, {}, options);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new CheckpointError("badManifest", "The manifest is not JSON.", { cause: error });
  }
  return parseManifest(value);
}

/** @throws CheckpointError of any code; the reason of `signal` once that is aborted. */
export async function loadEntry(entry: ManifestEntry, options: LoadOptions): Promise<LoadedEntry> {
  const { signal } = options;
  signal?.throwIfAborted();
  const local = entry.file === undefined ? undefined : await fromHost(entry, entry.file, options);
  const loaded = local
    ? await read(entry, local)
    : ((await readCached(entry, options)) ?? (await readFetched(entry, options)));
  signal?.throwIfAborted();
  return loaded;
}

interface Found extends Pick<LoadedEntry, "origin" | "pinned" | "sha256"> {
  readonly source: CheckpointSource;
}

async function read(entry: ManifestEntry, { source, ...found }: Found): Promise<LoadedEntry> {
  const { tensors } = await readCheckpoint(source);
  const recognition = recogniseArchitecture(tensors, { imageSize: entry.preprocessing.imageSize });
  return { entry, recognition, bytes: source.size, kept: found.origin === "cache", ...found };
}

/** Nothing where no file is kept, or none that can be used. */
async function readCached(entry: ManifestEntry, options: LoadOptions): Promise<LoadedEntry | undefined> {
  const found = await fromCache(entry, options);
  if (!found) return undefined;
  try {
    return await read(entry, found);
  } catch {
    await options.cache?.remove(found.sha256);
    return undefined;
  }
}

async function readFetched(entry: ManifestEntry, options: LoadOptions): Promise<LoadedEntry> {
  const { bytes, ...found } = await fromHub(entry, options);
  const loaded = await read(entry, { source: bytesSource(bytes), ...found });
  // A file that holds no whole network would only stand in the way of a better one.
  const { missing, misshaped } = loaded.recognition;
  if (missing.length > 0 || misshaped.length > 0) return loaded;
  const file = { sha256: found.sha256, id: entry.id, bytes: bytes.length };
  return { ...loaded, kept: (await options.cache?.put(file, bytes)) ?? false };
}

/** Nothing where the file is not there but the hub may have it. */
async function fromHost(
  entry: ManifestEntry,
  file: string,
  options: LoadOptions,
): Promise<Found | undefined> {
  try {
    const expected = expectedOf(entry.fileBytes ?? entry.bytes, entry.fileSha256 ?? entry.sha256);
    const { bytes, sha256 } = await download(
      new URL(`weights/${file}`, options.site).href,
      expected,
      options,
    );
    const pinned = expected.sha256 !== undefined;
    return { origin: "same host", pinned, sha256, source: bytesSource(alignTensors(bytes)) };
  } catch (error) {
    const isAbsent =
      error instanceof CheckpointError && ["notFound", "offline", "unavailable"].includes(error.code);
    if (isAbsent && entry.hub) return undefined;
    throw error;
  }
}

async function fromCache({ id, sha256 }: ManifestEntry, { cache }: LoadOptions): Promise<Found | undefined> {
  // Without a pinned hash the cache's own record says which file this entry had.
  const known = sha256 ?? (await cache?.list())?.find((file) => file.id === id)?.sha256;
  const blob = known === undefined ? undefined : await cache?.get(known);
  if (!blob || known === undefined) return undefined;
  return {
    origin: "cache",
    pinned: sha256 !== undefined,
    sha256: known,
    source: blobSource(blob),
  };
}

async function fromHub(
  entry: ManifestEntry,
  options: LoadOptions,
): Promise<Omit<Found, "source"> & { readonly bytes: Uint8Array<ArrayBuffer> }> {
  const { hub = publicHub } = options;
  if (!entry.hub) throw new CheckpointError("notFound", `${entry.id} is on no hub.`);
  const { onReceived: _, ...quiet } = options;
  const pinned = entry.sha256 !== undefined;
  const expected = pinned ? expectedOf(entry.bytes, entry.sha256) : await fetchPointer(hub, entry.hub, quiet);
  await askFirst(expected.bytes ?? sizeOf(entry), options);
  const { bytes, sha256 } = await download(resolveUrl(hub, entry.hub), expected, options);
  return { origin: "hub", pinned, sha256, bytes: alignTensors(bytes) };
}

function expectedOf(bytes: number | undefined, sha256: string | undefined): Expected {
  return { ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) };
}

async function askFirst(bytes: number | undefined, { allowLarge }: LoadOptions): Promise<void> {
  if (bytes === undefined || bytes <= largeDownload || (await allowLarge?.(bytes))) return;
  throw new CheckpointError("declined", `The download of ${Math.round(bytes / 1e6)} MB was not allowed.`);
}
