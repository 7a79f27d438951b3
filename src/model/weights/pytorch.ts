/**
 * @file The two containers of PyTorch's `.pth` and `.bin`: the zip form, and the form before PyTorch 1.6 (five pickles, of
 * which the last lists the storages, then these as they are). Layouts: `torch/serialization.py`.
 */

import type { StorageRef } from "./pickle/tensorRef.ts";
import { maxPickleBytes, type Unpickled, unpickle } from "./pickle.ts";
import { readTensors } from "./pytorchTensors.ts";
import { type CheckpointSource, readBytes } from "./source.ts";
import { type Checkpoint, CheckpointError } from "./tensorMap.ts";
import { readZipDirectory, readZipEntry } from "./zip.ts";

/** `LONG1 0x1950a86a20f9469cfc6c, STOP`: the first pickle of every legacy file, after its protocol. */
export const legacyMagic: readonly number[] = [
  0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
];
const legacyVersion = 1001;
const [proto, frame] = [0x80, 0x95];

/** Whether a file that begins so has the form before PyTorch 1.6. From protocol 4 on, a frame's length precedes the rest. */
export function isPytorchLegacy(head: Uint8Array): boolean {
  const start = head[2] === frame ? 11 : 2;
  return head[0] === proto && legacyMagic.every((byte, i) => head[start + i] === byte);
}

/** @throws CheckpointError */
export async function readPytorchZip(source: CheckpointSource): Promise<Checkpoint> {
  const entries = await readZipDirectory(source);
  const names = [...entries.keys()].filter((name) => /^[^/]*\/data\.pkl$/.test(name));
  const pickle = entries.get(names[0] ?? "");
  if (!pickle || names.length > 1) {
    throw new CheckpointError(
      "notCheckpoint",
      "The zip file is no PyTorch checkpoint: it should hold one data.pkl.",
    );
  }
  if (pickle.size > maxPickleBytes)
    throw new CheckpointError("notCheckpoint", "The pickle in the file is too large.");
  const root = pickle.name.slice(0, -"data.pkl".length);
  const byteOrder = entries.get(`${root}byteorder`);
  if (byteOrder && new TextDecoder().decode(await readZipEntry(source, byteOrder)) !== "little")
    throw bigEndian();
  const { value } = unpickle(await readZipEntry(source, pickle));
  const tensors = await readTensors(value, source.size, async ({ key }) => {
    const entry = entries.get(`${root}data/${key}`);
    if (!entry) throw missing(key);
    return readZipEntry(source, entry);
  });
  return { format: "pytorch", ...tensors };
}

/** @throws CheckpointError */
export async function readPytorchLegacy(source: CheckpointSource): Promise<Checkpoint> {
  const head = await readBytes(source, 0, Math.min(source.size, maxPickleBytes), "the pickles");
  let position = 0;
  const next = (): Unpickled => {
    const unpickled = unpickle(head.subarray(position));
    position += unpickled.length;
    return unpickled;
  };
  next();
  if (next().value !== legacyVersion)
    throw new CheckpointError("notCheckpoint", "The file is of an unknown legacy version.");
  const system = next().value;
  if (!(system instanceof Map) || system.get("little_endian") !== true) throw bigEndian();
  const { value, storages } = next();
  const keys = next().value;
  if (!Array.isArray(keys)) throw new CheckpointError("notCheckpoint", "The file has no list of storages.");
  const places = await locateStorages(source, position, keys, storages);
  const tensors = await readTensors(value, source.size, async (storage) => {
    const start = places.get(storage);
    if (start === undefined) throw missing(storage.key);
    return readBytes(source, start, start + storage.bytes, "its storages");
  });
  return { format: "pytorch-legacy", ...tensors };
}

/** Where each storage begins. They follow in the order of `keys`, each after its number of elements in 8 bytes. */
async function locateStorages(
  source: CheckpointSource,
  start: number,
  keys: readonly unknown[],
  storages: ReadonlyMap<unknown, StorageRef>,
): Promise<ReadonlyMap<StorageRef, number>> {
  const places = new Map<StorageRef, number>();
  let position = start;
  for (const key of keys) {
    const storage = storages.get(key);
    if (!storage)
      throw new CheckpointError("notCheckpoint", "The file lists a storage that it does not describe.");
    const bytes = await readBytes(source, position, position + 8, "its storages");
    const count = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
    if (count !== BigInt(storage.count)) {
      throw new CheckpointError(
        "notCheckpoint",
        `The storage ${storage.key.slice(0, 100)} has ${count} elements, not ${storage.count}.`,
      );
    }
    places.set(storage, position + 8);
    position += 8 + storage.bytes;
  }
  if (position > source.size) throw new CheckpointError("truncated", `The file ends within its storages.`);
  return places;
}

function missing(key: string): CheckpointError {
  return new CheckpointError("truncated", `The file lacks the storage ${key.slice(0, 100)}.`);
}

function bigEndian(): CheckpointError {
  return new CheckpointError("unsupported", "The file was written on a big-endian machine.");
}
