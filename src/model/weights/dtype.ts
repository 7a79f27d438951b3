/**
 * @file Number formats of stored tensors, and their widening to float32.
 */
import { fromFloat16 } from "./float16.ts";

/** Names as in safetensors headers. */
export type DType = "F32" | "F16" | "BF16" | "I64";

export const bytesPerElement: Readonly<Record<DType, number>> = { F32: 4, F16: 2, BF16: 2, I64: 8 };

export function isDType(name: unknown): name is DType {
  return typeof name === "string" && Object.hasOwn(bytesPerElement, name);
}

/**
 * Little-endian floats as float32; exact for every value.
 * F32 is a view of `bytes` where it is aligned to 4, so it costs no memory.
 */
export function toFloat32(
  dtype: Exclude<DType, "I64">,
  bytes: Uint8Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const size = bytesPerElement[dtype];
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  const count = bytes.byteLength / size;
  switch (dtype) {
    case "F32":
      return new Float32Array(buffer, byteOffset, count);
    case "F16":
      return fromFloat16(new Uint16Array(buffer, byteOffset, count));
    case "BF16":
      return fromBfloat16(new Uint16Array(buffer, byteOffset, count));
    default:
      return dtype satisfies never;
  }
}

/** A bfloat16 is the upper half of a float32. */
function fromBfloat16(values: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = (values[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}
