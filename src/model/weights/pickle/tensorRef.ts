/**
 * @file Tensors and storages as a pickle describes them; their bytes lie elsewhere in the file. They are classes, so that
 * nothing else in a file can pose as one.
 */
import type { DType } from "../dtype.ts";

/** A run of elements of one type. */
export class StorageRef {
  readonly type: StorageType;
  readonly key: string;
  /** Elements. */
  readonly count: number;

  constructor(type: StorageType, key: string, count: number) {
    this.type = type;
    this.key = key;
    this.count = count;
  }

  get bytes(): number {
    return this.count * this.type.bytesPerElement;
  }
}

/** A view of a storage. */
export class TensorRef {
  readonly storage: StorageRef;
  /** Of its first element, in elements. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** In elements, one an axis. */
  readonly strides: readonly number[];

  constructor(storage: StorageRef, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

/** What becomes of tensors of a type: floats are widened from this format, whole numbers are left out, others are refused. */
export interface StorageType {
  /** Of the class in PyTorch. */
  readonly name: string;
  readonly bytesPerElement: number;
  readonly read: Exclude<DType, "I64"> | "leftOut" | "refused";
}

export const storageTypes: readonly StorageType[] = [
  { name: "torch.FloatStorage", bytesPerElement: 4, read: "F32" },
  { name: "torch.HalfStorage", bytesPerElement: 2, read: "F16" },
  { name: "torch.BFloat16Storage", bytesPerElement: 2, read: "BF16" },
  { name: "torch.DoubleStorage", bytesPerElement: 8, read: "refused" },
  { name: "torch.LongStorage", bytesPerElement: 8, read: "leftOut" },
  { name: "torch.IntStorage", bytesPerElement: 4, read: "leftOut" },
  { name: "torch.ShortStorage", bytesPerElement: 2, read: "leftOut" },
  { name: "torch.CharStorage", bytesPerElement: 1, read: "leftOut" },
  { name: "torch.ByteStorage", bytesPerElement: 1, read: "leftOut" },
  { name: "torch.BoolStorage", bytesPerElement: 1, read: "leftOut" },
];
