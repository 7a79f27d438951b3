/**
 * @file From the table of tensors in a PyTorch file to the tensors, whichever form the file has.
 *
 * Storages are read one at a time and only where the state_dict uses them, so an optimizer in the same file costs nothing.
 */

import { elementCount } from "../graph/elementCount.ts";
import { toFloat32 } from "./dtype.ts";
import { type StorageRef, TensorRef } from "./pickle/tensorRef.ts";
import { CheckpointError, type WeightTensor } from "./tensorMap.ts";

/** Gives the raw bytes of a storage. */
export type ReadStorage = (storage: StorageRef) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * @param value What the file's pickle holds: a state_dict, bare or in a wrapper.
 * @param fileBytes Bounds the memory that copies may take.
 * @throws CheckpointError
 */
export async function readTensors(
  value: unknown,
  fileBytes: number,
  readStorage: ReadStorage,
): Promise<{ tensors: Map<string, WeightTensor>; integers: string[] }> {
  const tensors = new Map<string, WeightTensor>();
  const integers: string[] = [];
  const storages = new Map<StorageRef, Float32Array<ArrayBuffer>>();
  // Only views that are not in order are copied. A small file could describe many of them.
  let elementsLeft = fileBytes;
  for (const [key, ref] of stateDict(value)) {
    const { storage, shape, offset } = ref;
    if (storage.type.read === "leftOut") {
      integers.push(key);
      continue;
    }
    const values = storages.get(storage) ?? (await readFloats(key, storage, readStorage));
    storages.set(storage, values);
    const count = elementCount(shape);
    const last = shape.reduce((sum, size, axis) => sum + (size - 1) * (ref.strides[axis] ?? 0), offset);
    if (count > 0 ? last >= values.length : offset > values.length) {
      throw new CheckpointError("notCheckpoint", `The tensor ${key} reaches past its storage.`);
    }
    if (isContiguous(ref)) {
      tensors.set(key, { shape, data: values.subarray(offset, offset + count) });
      continue;
    }
    elementsLeft -= count;
    if (elementsLeft < 0) throw new CheckpointError("unsupported", `The tensor ${key} repeats its storage.`);
    tensors.set(key, { shape, data: gather(values, ref, count) });
  }
  return { tensors, integers };
}

async function readFloats(
  key: string,
  storage: StorageRef,
  readStorage: ReadStorage,
): Promise<Float32Array<ArrayBuffer>> {
  const { name, read: dtype } = storage.type;
  if (dtype === "leftOut" || dtype === "refused")
    throw new CheckpointError("unsupported", `The tensor ${key} is stored as ${name}.`);
  const bytes = await readStorage(storage);
  if (bytes.byteLength !== storage.bytes) {
    const what = `The storage of ${key} has ${bytes.byteLength} bytes instead of ${storage.count} elements of ${dtype}.`;
    throw new CheckpointError("notCheckpoint", what);
  }
  return toFloat32(dtype, bytes);
}

/** Row-major without gaps; the stride of an axis of one element means nothing. */
function isContiguous({ shape, strides }: TensorRef): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 1;
    if (size > 1 && strides[axis] !== expected) return elementCount(shape) === 0;
    expected *= size;
  }
  return true;
}

/** Row-major copy of a strided view (channels-last weights, for instance). */
function gather(values: Float32Array, ref: TensorRef, count: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(count);
  const index = ref.shape.map(() => 0);
  let at = ref.offset;
  for (let i = 0; i < count; i++) {
    result[i] = values[at] ?? 0;
    for (let axis = ref.shape.length - 1; axis >= 0; axis--) {
      const size = ref.shape[axis] ?? 1;
      const stride = ref.strides[axis] ?? 0;
      const next = (index[axis] ?? 0) + 1;
      at += stride;
      index[axis] = next;
      if (next < size) break;
      index[axis] = 0;
      at -= size * stride;
    }
  }
  return result;
}

/** What lies under a wrapper's key (tensors beside that are a trainer's own), or else the value itself. */
function stateDict(value: unknown): readonly [string, TensorRef][] {
  const wrapped =
    value instanceof Map ? ["model", "state_dict", "model_ema"].map((key) => value.get(key)) : [];
  for (const candidate of [...wrapped, value]) {
    const tensors = tensorsIn(candidate);
    if (tensors.length > 0) return tensors;
  }
  throw new CheckpointError(
    "notCheckpoint",
    "The file holds no state_dict, neither bare nor under model or state_dict.",
  );
}

function tensorsIn(value: unknown): readonly [string, TensorRef][] {
  if (!(value instanceof Map)) return [];
  return [...(value as Map<unknown, unknown>)].filter(
    (entry): entry is [string, TensorRef] => typeof entry[0] === "string" && entry[1] instanceof TensorRef,
  );
}
