/**
 * @file A file that is read in slices, so that a checkpoint of hundreds of megabytes is never in memory twice.
 */
import { CheckpointError } from "./tensorMap.ts";

/** Random access to the bytes of a file. */
export interface CheckpointSource {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`; callers stay within `size`. */
  slice(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** A dropped file, or a stored response: every slice is read when asked for. */
export function blobSource(blob: Blob): CheckpointSource {
  return {
    size: blob.size,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}

/** Bytes that are in memory already. Slices are views: tensors read from it share its buffer where they are aligned. */
export function bytesSource(bytes: Uint8Array<ArrayBuffer>): CheckpointSource {
  return { size: bytes.byteLength, slice: async (start, end) => bytes.subarray(start, end) };
}

/** @throws CheckpointError `truncated` where the file ends before `end`; `what` names the part that is missing. */
export async function readBytes(
  source: CheckpointSource,
  start: number,
  end: number,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!(start >= 0 && start <= end))
    throw new CheckpointError("notCheckpoint", `${what} has no valid place in the file.`);
  const bytes = end <= source.size ? await source.slice(start, end) : undefined;
  if (bytes?.byteLength === end - start) return bytes;
  throw new CheckpointError(
    "truncated",
    `The file ends within ${what}: ${end} bytes are needed, it has ${source.size}.`,
  );
}
