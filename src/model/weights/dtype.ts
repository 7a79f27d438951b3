/**
 * @file Number formats of stored tensors, and their widening to float32.
 */

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
      return widen(new Uint16Array(buffer, byteOffset, count), halfBits);
    case "BF16":
      return widen(new Uint16Array(buffer, byteOffset, count), (bits) => bits << 16);
    default:
      return dtype satisfies never;
  }
}

/** Nearest float16, ties to even; what is too large becomes infinity. */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < halves.length; i++) halves[i] = roundToHalf(bits[i] ?? 0);
  return halves;
}

function widen(values: Uint16Array, toBits: (bits: number) => number): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) bits[i] = toBits(values[i] ?? 0);
  return new Float32Array(bits.buffer);
}

/** Bits of the float32 that equals the float16 of these bits. */
function halfBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) return sign | 0x7f800000 | (mantissa << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (mantissa << 13);
  if (mantissa === 0) return sign;
  // Subnormal: move the leading bit to the implicit place. It is bit `31 - clz32` of the mantissa.
  const shift = Math.clz32(mantissa) - 21;
  return sign | ((113 - shift) << 23) | (((mantissa << shift) & 0x3ff) << 13);
}

function roundToHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 65536 and above
  if (magnitude >= 0x38800000) return sign | nearest(magnitude - 0x38000000, 13); // normal; may round up to infinity
  if (magnitude < 0x33000000) return sign; // below half of the smallest subnormal
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  return sign | nearest(mantissa, 126 - (magnitude >>> 23));
}

/** `value / 2^shift`, ties to even. */
function nearest(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}
