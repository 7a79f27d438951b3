/**
 * @file Reads and writes `.safetensors`: eight bytes of header length, a JSON header, the tensors one after the other.
 *
 * Format and reference reader: https://github.com/huggingface/safetensors (`Metadata::validate`). A header is not trusted:
 * everything that it says is checked against the file before a tensor is read, so a broken file ends in an error and never
 * in wrong weights.
 */

import { elementCount } from "../graph/elementCount.ts";
import { bytesPerElement, type DType, isDType, toFloat32 } from "./dtype.ts";
import { toFloat16 } from "./float16.ts";
import { type CheckpointSource, readBytes } from "./source.ts";
import { type Checkpoint, CheckpointError, type TensorMap, type WeightTensor } from "./tensorMap.ts";

/** The format's own limit. */
const maxHeaderBytes = 100_000_000;
const maxRank = 8;

interface Entry {
  readonly key: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** From the end of the header. */
  readonly start: number;
  readonly end: number;
}

/** @throws CheckpointError `notCheckpoint`, `truncated` or `unsupported` (a dtype). */
export async function readSafetensors(source: CheckpointSource): Promise<Checkpoint> {
  const lengthBytes = await readBytes(source, 0, 8, "the header length");
  const headerBytes = Number(
    new DataView(lengthBytes.buffer, lengthBytes.byteOffset, 8).getBigUint64(0, true),
  );
  if (headerBytes > maxHeaderBytes)
    throw broken(`its header would have ${headerBytes} bytes, over the limit of 100 MB`);
  const dataStart = 8 + headerBytes;
  const { metadata, entries } = parseHeader(await readBytes(source, 8, dataStart, "the header"));
  const end = endOf(entries);
  if (dataStart + end < source.size)
    throw broken(`${source.size - dataStart - end} bytes follow the last tensor`);
  if (dataStart + end > source.size) {
    const what = `The tensors take ${end} bytes, but only ${source.size - dataStart} follow the header.`;
    throw new CheckpointError("truncated", what);
  }

  const tensors = new Map<string, WeightTensor>();
  const integers: string[] = [];
  for (const { key, dtype, shape, start, end } of entries) {
    if (dtype === "I64") integers.push(key);
    else {
      const bytes = await readBytes(source, dataStart + start, dataStart + end, key);
      tensors.set(key, { shape, data: toFloat32(dtype, bytes) });
    }
  }
  return { format: "safetensors", tensors, integers, ...(metadata.size > 0 && { metadata }) };
}

/**
 * The file, moved within its buffer so that its F32 tensors can be views of it, where there is room for that: files from
 * before version 0.3 of the official writer may have headers of any length. `bytes` is not to be used any more.
 */
export function alignTensors(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = bytes;
  if (length < 9 || bytes[8] !== openingBrace) return bytes;
  const headerBytes = new DataView(buffer, byteOffset, 8).getUint32(0, true);
  const shift = -(byteOffset + 8 + headerBytes) & 7;
  if (shift === 0 || byteOffset + shift + length > buffer.byteLength) return bytes;
  const moved = new Uint8Array(buffer, byteOffset + shift, length);
  moved.set(bytes);
  return moved;
}

const openingBrace = 0x7b;

/** Float format to write. */
export type WriteDType = "F32" | "F16";

/**
 * The file in parts (header, then each tensor; F32 without a copy), for `new Blob(parts)` or one write after the other.
 * @param metadata Strings for the header; `format: "pt"` stands there in any case, as PyTorch's reader wants it.
 */
export function writeSafetensors(
  tensors: TensorMap,
  dtype: WriteDType = "F32",
  metadata: ReadonlyMap<string, string> = new Map(),
): readonly Uint8Array<ArrayBuffer>[] {
  const members = [`"__metadata__":${JSON.stringify({ ...Object.fromEntries(metadata), format: "pt" })}`];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let start = 0;
  for (const [key, { shape, data }] of tensors) {
    const values =
      dtype === "F32"
        ? new Float32Array(data.buffer as ArrayBuffer, data.byteOffset, data.length)
        : toFloat16(data);
    const part = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const end = start + part.byteLength;
    members.push(`${JSON.stringify(key)}:${JSON.stringify({ dtype, shape, data_offsets: [start, end] })}`);
    parts.push(part);
    start = end;
  }
  const text = new TextEncoder().encode(`{${members.join(",")}}`);
  // Spaces up to a multiple of 8 keep every tensor aligned.
  const header = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(text, 8);
  return [header, ...parts];
}

interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of their bytes; that of the header means nothing, as to the official reader. */
  readonly entries: readonly Entry[];
}

function parseHeader(bytes: Uint8Array): Header {
  const text = decode(bytes);
  if (!text.startsWith("{")) throw broken("its header does not begin with a brace");
  const metadata = new Map<string, string>();
  const entries: Entry[] = [];
  const members = Object.entries(record(parseJson(text), "the header"));
  for (const [key, value] of members) {
    if (key !== "__metadata__") entries.push(parseEntry(key, value));
    else
      for (const [name, words] of Object.entries(record(value, key))) metadata.set(name, string(name, words));
  }
  // JSON.parse keeps the last of several equal keys: the text then has more members than the values.
  if (memberCount(text) !== members.length + metadata.size + entries.length * entryFields) {
    throw broken("a key stands twice in its header");
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  return { metadata, entries };
}

/** Where the last tensor ends. The tensors must follow one another without gaps: nothing in the file is hidden or shared. */
function endOf(entries: readonly Entry[]): number {
  let end = 0;
  for (const entry of entries) {
    if (entry.start !== end)
      throw broken(`${entry.key} starts at byte ${entry.start}, but the tensor before it ends at ${end}`);
    end = entry.end;
  }
  if (entries.length === 0) throw broken("it holds no tensors");
  return end;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw broken("its header is not text");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken("its header is not JSON");
  }
}

function memberCount(jsonText: string): number {
  // Without escapes, so that a text is all up to the next quote: a pattern with a choice in it overflows on long ones.
  const texts = jsonText.replaceAll(/\\./g, "").matchAll(/"[^"]*"\s*(:?)/g);
  let count = 0;
  for (const [, colon] of texts) if (colon) count++;
  return count;
}

/** `dtype`, `shape` and `data_offsets`. */
const entryFields = 3;

function parseEntry(key: string, value: unknown): Entry {
  if (key === "__proto__") throw broken("a tensor is named __proto__");
  const { dtype, shape, data_offsets: offsets, ...others } = record(value, key);
  const [other] = Object.keys(others);
  if (other !== undefined) throw broken(`${key} has an unknown field ${JSON.stringify(other)}`);
  if (!isDType(dtype)) {
    if (typeof dtype !== "string") throw broken(`${key} has no dtype`);
    throw new CheckpointError("unsupported", `${key} is stored as ${dtype}.`);
  }
  if (!isSizes(shape) || shape.length > maxRank) throw broken(`${key} has no valid shape`);
  const [start, end] = isSizes(offsets) ? offsets : [];
  if (start === undefined || end === undefined || !isSizes(offsets) || offsets.length !== 2) {
    throw broken(`${key} has no valid data_offsets`);
  }
  const bytes = elementCount(shape) * bytesPerElement[dtype];
  if (end - start !== bytes) {
    throw broken(
      `${key} takes ${end - start} bytes, but ${dtype} of shape [${shape.join(", ")}] takes ${bytes}`,
    );
  }
  return { key, dtype, shape, start, end };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw broken(`${name} is not an object`);
  return value as Record<string, unknown>;
}

function string(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw broken(`the metadata ${JSON.stringify(name)} is not a string`);
}

/** Keys come from the file: one may be very long. */
function broken(why: string): CheckpointError {
  return new CheckpointError("notCheckpoint", `The file is not valid safetensors: ${why.slice(0, 300)}.`);
}
