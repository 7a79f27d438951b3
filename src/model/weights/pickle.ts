/**
 * @file Unpickles the tables of tensors in PyTorch files. Nothing that a file names is ever run.
 *
 * pickleparser does the decoding. On its own it can be made to loop (a negative length) and to build any object, so it
 * reads through `StrictReader`, which admits only the instructions that `torch.save` writes for a state_dict, and finds
 * only the few globals listed here. Everything else is refused by its name.
 */
import { BufferReader, Parser } from "pickleparser";
import { CheckpointError } from "./tensorMap.ts";

/** Pickles are read whole; those of the largest official checkpoints have under 1 MB. */
export const maxPickleBytes = 16 * 2 ** 20;
const maxInstructions = 1_000_000;
const maxRank = 8;

/** A storage as the pickle names it; its bytes lie elsewhere in the file. */
export interface StorageRef {
  /** `FloatStorage` and the like. */
  readonly type: string;
  readonly key: string;
  /** Elements. */
  readonly count: number;
}

/** A tensor as the pickle describes it: a view of a storage. Offset and strides are in elements. */
export interface TensorRef {
  readonly storage: StorageRef;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export interface Unpickled {
  /** Numbers, strings, arrays (tuples and lists), maps (dicts) and tensor references. */
  readonly value: unknown;
  /** Every storage that was named, by key, whether or not a tensor uses it. */
  readonly storages: ReadonlyMap<string, StorageRef>;
  /** Bytes that the pickle took. */
  readonly length: number;
}

/** @throws CheckpointError `unsafe` (anything but tensors in dicts), `truncated` or `notCheckpoint`. */
export function unpickle(bytes: Uint8Array): Unpickled {
  const reader = new StrictReader(bytes);
  const storages = new Map<string, StorageRef>();
  const parser = new Parser({
    nameResolver: { resolve: findGlobal },
    persistentResolver: { resolve: (id) => findStorage(id, storages) },
    unpicklingTypeOfDictionary: "Map",
  });
  try {
    return { value: parser.read<unknown>(reader), storages, length: reader.position };
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    // Instructions that don't fit together make the parser stumble over its stack, with errors of any kind.
    throw new CheckpointError("notCheckpoint", "The pickle in the file is broken.", { cause: error });
  }
}

export function isTensorRef(value: unknown): value is TensorRef {
  return tensorRefs.has(value as TensorRef);
}

/** By identity, so that nothing else in a file can pose as one. */
const tensorRefs = new WeakSet<TensorRef>();
const storageRefs = new WeakSet<StorageRef>();

/** PROTO, FRAME, STOP; marks and memo; None, bools, numbers, strings; tuples, lists, dicts; GLOBAL, BINPERSID, REDUCE, BUILD. */
const instructions: ReadonlySet<number> = new Set([
  ...[0x80, 0x95, 0x2e],
  ...[0x28, 0x30, 0x31, 0x71, 0x72, 0x94, 0x68, 0x6a],
  ...[0x4e, 0x88, 0x89, 0x4a, 0x4b, 0x4d, 0x8a, 0x47, 0x54, 0x55, 0x58, 0x8c],
  ...[0x29, 0x74, 0x85, 0x86, 0x87, 0x5d, 0x61, 0x65, 0x7d, 0x73, 0x75],
  ...[0x63, 0x93, 0x51, 0x52, 0x62],
]);
const build = 0x62;
const pop = 0x30;

class StrictReader extends BufferReader {
  private instructionsLeft = maxInstructions;
  private atInstruction = false;

  /** The parser asks this before every instruction, and only then. */
  override hasNext(): boolean {
    this.atInstruction = true;
    if (--this.instructionsLeft < 0) {
      throw new CheckpointError("notCheckpoint", `The pickle has over ${maxInstructions} instructions.`);
    }
    if (super.hasNext()) return true;
    throw new CheckpointError("truncated", "The pickle in the file has no end.");
  }

  override byte(): number {
    const value = super.byte();
    if (!this.atInstruction) return value;
    this.atInstruction = false;
    if (!instructions.has(value)) {
      const name = `0x${value.toString(16).padStart(2, "0")}`;
      throw new CheckpointError(
        "unsafe",
        `The pickle uses the instruction ${name}, which no table of tensors needs.`,
      );
    }
    // BUILD sets attributes of an object. No attribute is needed (PyTorch sets `_metadata`), so they are dropped.
    return value === build ? pop : value;
  }

  override skip(count: number): void {
    if (!(count >= 0))
      throw new CheckpointError("notCheckpoint", "The pickle has a part of negative length.");
    if (this.position + count > this.length) {
      throw new CheckpointError("truncated", "The pickle in the file ends too early.");
    }
    super.skip(count);
  }
}

/** Functions for the globals of the allow-list. They check their arguments and make plain values. */
function findGlobal(module: unknown, name: unknown): (...args: unknown[]) => unknown {
  const global = `${String(module).slice(0, 100)}.${String(name).slice(0, 100)}`;
  const found = globals.get(global);
  if (found) return found;
  throw new CheckpointError(
    "unsafe",
    `The file asks Python for ${JSON.stringify(global)}, which is no part of a tensor.`,
  );
}

const storageTypes = [
  "Float",
  "Half",
  "BFloat16",
  "Double",
  "Long",
  "Int",
  "Short",
  "Char",
  "Byte",
  "Bool",
].map((name) => `${name}Storage`);

const globals: ReadonlyMap<string, (...args: unknown[]) => unknown> = new Map<
  string,
  (...args: unknown[]) => unknown
>([
  ["collections.OrderedDict", orderedDict],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_parameter", rebuildParameter],
  ...storageTypes.map((type): [string, () => unknown] => [`torch.${type}`, storageType(type)]),
]);

function storageType(type: string): () => unknown {
  const named = () => {
    throw new CheckpointError("notCheckpoint", `The pickle calls torch.${type}.`);
  };
  return Object.freeze(Object.assign(named, { storageType: type }));
}

function orderedDict(...args: unknown[]): unknown {
  if (args.length > 0)
    throw new CheckpointError("notCheckpoint", "The pickle fills an OrderedDict in an unknown way.");
  return new Map();
}

function rebuildTensor(storage: unknown, offset: unknown, shape: unknown, strides: unknown): TensorRef {
  if (!storageRefs.has(storage as StorageRef) || !isSize(offset) || !isSizes(shape) || !isSizes(strides)) {
    throw new CheckpointError(
      "notCheckpoint",
      "The pickle describes a tensor that has no storage or no valid shape.",
    );
  }
  if (shape.length !== strides.length)
    throw new CheckpointError("notCheckpoint", "A tensor has other strides than axes.");
  const ref: TensorRef = { storage: storage as StorageRef, offset, shape: [...shape], strides: [...strides] };
  tensorRefs.add(ref);
  return ref;
}

function rebuildParameter(tensor: unknown): TensorRef {
  if (isTensorRef(tensor)) return tensor;
  throw new CheckpointError("notCheckpoint", "The pickle describes a parameter without a tensor.");
}

/** Persistent ids: `("storage", type, key, device, elements)`; the legacy form adds a view of it, None since PyTorch 0.4. */
function findStorage(id: unknown, storages: Map<string, StorageRef>): StorageRef {
  const [tag, type, key, , count, view] = Array.isArray(id) && id.length <= 6 ? (id as unknown[]) : [];
  const name = typeof type === "function" && "storageType" in type ? String(type.storageType) : undefined;
  const known = typeof key === "string" ? storages.get(key) : undefined;
  if (known && known.type === name && known.count === count) return known;
  if (
    known ||
    tag !== "storage" ||
    !name ||
    typeof key !== "string" ||
    !isSize(count) ||
    (view ?? null) !== null
  ) {
    throw new CheckpointError("notCheckpoint", "The pickle names a storage in an unknown way.");
  }
  const ref: StorageRef = { type: name, key, count };
  storageRefs.add(ref);
  storages.set(key, ref);
  return ref;
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= maxRank && value.every(isSize);
}
