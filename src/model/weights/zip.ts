/**
 * @file Reads single entries of a zip file, by its central directory, without the rest of the file in memory.
 *
 * fflate inflates; its own unzip wants the whole file at once, and weights are stored without compression. Sizes, places and
 * checksums are the directory's: PyTorch writes the local headers before it knows them.
 */
import { inflateSync } from "fflate";
import { crc32 } from "./crc32.ts";
import { type CheckpointSource, readBytes } from "./source.ts";
import { CheckpointError } from "./tensorMap.ts";

/** Where an entry lies, and how. Sizes in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly compressed: boolean;
  readonly compressedSize: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
  /** Where the next entry or the directory begins: it may reach no further. */
  readonly limit: number;
  /** Of its content. 0 is none: `torch.serialization.set_crc32_options(False)` has 0 written, and torch itself checks none. */
  readonly crc32: number;
}

type Placed = Omit<ZipEntry, "limit">;

const localHeaderSize = 30;
const endSize = 22;
const maxComment = 0xffff;
const locatorSize = 20;
const maxDirectoryBytes = 64 * 2 ** 20;
/** Weights hardly compress, so anything above this is an attempt to fill the memory. */
const maxExpansion = 8;
const smallFile = 2 ** 20;

/** @throws CheckpointError `truncated` where there is no directory, `notCheckpoint` where it is broken, `unsupported`. */
export async function readZipDirectory(source: CheckpointSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { start, size } = await findDirectory(source);
  if (size > maxDirectoryBytes) throw broken("its directory is too large");
  const bytes = await readBytes(source, start, start + size, "the zip directory");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Placed>();
  let total = 0;
  for (let at = 0; at < size; ) {
    if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50)
      throw broken("its directory has a broken entry");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const nameEnd = at + 46 + (nameLength ?? 0);
    const next = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
    if (next > size) throw broken("its directory has a broken entry");
    const entry = readEntry(
      view,
      at,
      bytes.subarray(at + 46, nameEnd),
      nameEnd,
      nameEnd + (extraLength ?? 0),
    );
    if (entries.has(entry.name)) throw broken(`${entry.name} is in it twice`);
    entries.set(entry.name, entry);
    total += entry.size;
    at = next;
  }
  if (total > maxExpansion * source.size + smallFile) throw broken("it would grow too much when unpacked");
  return limited([...entries.values()], start);
}

/** With limits. Entries that share bytes would give more than the file holds, and are refused. */
function limited(entries: readonly Placed[], directory: number): ReadonlyMap<string, ZipEntry> {
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  return new Map(
    inOrder.map((entry, i) => {
      const limit = inOrder[i + 1]?.offset ?? directory;
      if (entry.offset + localHeaderSize + entry.compressedSize > limit) throw overlapping(entry.name);
      return [entry.name, { ...entry, limit }];
    }),
  );
}

/** The content of an entry. @throws CheckpointError `damaged` where it is not what the file's checksum tells. */
export async function readZipEntry(
  source: CheckpointSource,
  entry: ZipEntry,
): Promise<Uint8Array<ArrayBuffer>> {
  const { name, offset, limit } = entry;
  const header = await readBytes(source, offset, offset + localHeaderSize, name);
  const view = new DataView(header.buffer, header.byteOffset, localHeaderSize);
  if (view.getUint32(0, true) !== 0x04034b50) throw broken(`${name} is not where the directory says`);
  const start = offset + localHeaderSize + view.getUint16(26, true) + view.getUint16(28, true);
  const end = start + entry.compressedSize;
  if (end > limit) throw overlapping(name);
  const bytes = await readBytes(source, start, end, name);
  const content = entry.compressed ? inflated(entry, bytes) : bytes;
  if (entry.crc32 !== 0 && crc32(content) !== entry.crc32) throw damaged(name, "does not fit its checksum");
  return content;
}

function inflated({ name, size }: ZipEntry, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let content: Uint8Array<ArrayBuffer>;
  try {
    // One byte of room to spare shows content that is longer than announced.
    content = inflateSync(bytes, { out: new Uint8Array(size + 1) }) as Uint8Array<ArrayBuffer>;
  } catch (error) {
    throw damaged(name, "can't be unpacked", error);
  }
  if (content.byteLength !== size) throw damaged(name, "has another size than announced");
  return content;
}

async function findDirectory(source: CheckpointSource): Promise<{ start: number; size: number }> {
  const tailStart = Math.max(0, source.size - endSize - maxComment - locatorSize);
  const tail = await readBytes(source, tailStart, source.size, "the end of the zip");
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - endSize; at >= 0; at--) {
    if (
      view.getUint32(at, true) !== 0x06054b50 ||
      at + endSize + view.getUint16(at + 20, true) !== tail.length
    )
      continue;
    const [size, start] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    const isZip64 = size === 0xffffffff || start === 0xffffffff || view.getUint16(at + 10, true) === 0xffff;
    if (!isZip64) return { start, size };
    const locator = at - locatorSize;
    if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50)
      throw broken("its 64-bit directory is missing");
    const recordStart = safe(view.getBigUint64(locator + 8, true));
    const record = await readBytes(source, recordStart, recordStart + 56, "the zip directory");
    const fields = new DataView(record.buffer, record.byteOffset, 56);
    if (fields.getUint32(0, true) !== 0x06064b50) throw broken("its 64-bit directory is missing");
    return { size: safe(fields.getBigUint64(40, true)), start: safe(fields.getBigUint64(48, true)) };
  }
  throw new CheckpointError("truncated", "The zip file has no directory at its end.");
}

function readEntry(
  view: DataView,
  at: number,
  nameBytes: Uint8Array,
  extraStart: number,
  extraEnd: number,
): Placed {
  const name = new TextDecoder().decode(nameBytes);
  const method = view.getUint16(at + 10, true);
  if (method !== 0 && method !== 8)
    throw new CheckpointError("unsupported", `${name} is compressed by method ${method}.`);
  if (view.getUint16(at + 8, true) & 1) throw new CheckpointError("unsupported", `${name} is encrypted.`);
  const wide = wideFields(view, extraStart, extraEnd);
  // Fields that don't fit 32 bits follow in the extra field, in this order.
  const [size, compressedSize, offset] = [24, 20, 42].map((field) => {
    const value = view.getUint32(at + field, true);
    return value === 0xffffffff ? wide.shift() : value;
  });
  if (size === undefined || compressedSize === undefined || offset === undefined)
    throw broken(`${name} has no size`);
  if (method === 0 && size !== compressedSize) throw broken(`${name} has two sizes`);
  return {
    name,
    compressed: method === 8,
    compressedSize,
    size,
    offset,
    crc32: view.getUint32(at + 16, true),
  };
}

function wideFields(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const count = Math.floor(Math.min(view.getUint16(at + 2, true), end - at - 4) / 8);
    return Array.from({ length: count }, (_, i) => safe(view.getBigUint64(at + 4 + 8 * i, true)));
  }
  return [];
}

function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken("a size in it is impossible");
  return Number(value);
}

function overlapping(name: string): CheckpointError {
  return broken(`${name} overlaps what follows it`);
}

function damaged(name: string, why: string, cause?: unknown): CheckpointError {
  return new CheckpointError("damaged", `The file is damaged: ${name.slice(0, 100)} ${why}.`, { cause });
}

function broken(why: string): CheckpointError {
  return new CheckpointError("notCheckpoint", `The file is not a valid zip: ${why.slice(0, 300)}.`);
}
