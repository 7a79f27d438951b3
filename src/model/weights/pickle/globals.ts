/**
 * @file The few names of Python's and PyTorch's modules that a pickle may use. Nothing of theirs is run: each has a function
 * here that checks its arguments and makes a plain value. Everything else is refused by its name.
 */
import { CheckpointError } from "../tensorMap.ts";
import { StorageRef, type StorageType, storageTypes, TensorRef } from "./tensorRef.ts";

const maxRank = 8;

/** What a name stands for. Without `call` it can only be handed on (a storage's type, a dtype). */
interface Global {
  readonly name: string;
  readonly call?: (...args: readonly unknown[]) => unknown;
  readonly storageType?: StorageType;
}

const dtypes =
  "bfloat16 bool complex64 complex128 float16 float32 float64 int8 int16 int32 int64 uint8".split(" ");

const globals: ReadonlyMap<string, Global> = new Map(
  [
    { name: "collections.OrderedDict", call: orderedDict },
    { name: "torch._utils._rebuild_tensor", call: rebuildTensor },
    { name: "torch._utils._rebuild_tensor_v2", call: rebuildTensorV2 },
    { name: "torch._utils._rebuild_parameter", call: rebuildParameter },
    { name: "torch.Size", call: size },
    { name: "torch.device", call: device },
    ...dtypes.map((dtype) => ({ name: `torch.${dtype}` })),
    ...storageTypes.map((storageType) => ({ name: storageType.name, storageType })),
  ].map((global) => [global.name, global]),
);

const allGlobals: ReadonlySet<Global> = new Set(globals.values());

/** Tensors of kinds that have other values than their storage's, or none: sparse, quantized, complex, subclasses. */
const otherTensors = /^torch\.(_utils\._rebuild_\w+|_tensor\._rebuild_\w+|storage\.\w+|\w+Storage|Tensor)$/;

/** @throws CheckpointError `unsafe` or `unsupported`, which name it. */
export function findGlobal(name: string): Global {
  const found = globals.get(name);
  if (found) return found;
  const shown = JSON.stringify(name.slice(0, 200));
  if (otherTensors.test(name))
    throw new CheckpointError(
      "unsupported",
      `The file holds tensors of a kind that is not read here (${shown}).`,
    );
  throw new CheckpointError("unsafe", `The file asks Python for ${shown}, which is no part of a tensor.`);
}

export function callGlobal(callee: unknown, args: readonly unknown[]): unknown {
  const global = asGlobal(callee);
  if (!global?.call) throw broken(`calls ${global?.name ?? "what is no function"}`);
  return global.call(...args);
}

/** Persistent ids: `("storage", type, key, device, elements)`; the legacy form adds a view of it, None since PyTorch 0.4. */
export function findStorage(id: unknown, storages: Map<string, StorageRef>): StorageRef {
  const [tag, global, key, , count, view] = Array.isArray(id) && id.length <= 6 ? (id as unknown[]) : [];
  const type = asGlobal(global)?.storageType;
  if (tag !== "storage" || !type || typeof key !== "string" || !isSize(count) || (view ?? null) !== null)
    throw broken("names a storage in an unknown way");
  const known = storages.get(key);
  if (known?.type === type && known.count === count) return known;
  if (known) throw broken(`names the storage ${key.slice(0, 100)} in two ways`);
  const ref = new StorageRef(type, key, count);
  storages.set(key, ref);
  return ref;
}

/** The value itself, where it is one of those above and nothing that looks like it. */
function asGlobal(value: unknown): Global | undefined {
  return allGlobals.has(value as Global) ? (value as Global) : undefined;
}

/** Its items follow one by one. */
function orderedDict(...args: readonly unknown[]): Map<unknown, unknown> {
  if (args.length > 0) throw broken("fills an OrderedDict in an unknown way");
  return new Map();
}

/** Before PyTorch 0.4. */
function rebuildTensor(storage: unknown, offset: unknown, shape: unknown, strides: unknown): TensorRef {
  if (!(storage instanceof StorageRef) || !isSize(offset) || !isSizes(shape) || !isSizes(strides)) {
    throw broken("describes a tensor that has no storage or no valid shape");
  }
  if (shape.length !== strides.length) throw broken("describes a tensor that has other strides than axes");
  return new TensorRef(storage, offset, [...shape], [...strides]);
}

/** `requires_grad` and hooks follow; metadata only where the tensor is not its storage's values (negated, conjugated). */
function rebuildTensorV2(...args: readonly unknown[]): TensorRef {
  const [storage, offset, shape, strides, , , metadata] = args;
  if ((metadata ?? null) !== null)
    throw new CheckpointError(
      "unsupported",
      "The file holds a tensor that is the negative of what is stored.",
    );
  return rebuildTensor(storage, offset, shape, strides);
}

function rebuildParameter(tensor: unknown): TensorRef {
  if (tensor instanceof TensorRef) return tensor;
  throw broken("describes a parameter without a tensor");
}

/** A note beside the tensors. */
function size(shape: unknown): readonly number[] {
  if (isSizes(shape)) return [...shape];
  throw broken("describes a torch.Size that is no shape");
}

/** A note beside the tensors. */
function device(name: unknown): string {
  if (typeof name === "string") return name;
  throw broken("describes a torch.device without a name");
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length <= maxRank && value.every(isSize);
}

function broken(what: string): CheckpointError {
  return new CheckpointError("notCheckpoint", `The pickle in the file ${what}.`);
}
