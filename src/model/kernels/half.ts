/** @file Half-precision floats (IEEE 754 binary16), as two bytes hold them, to and from float32. */

/** The nearest halves, ties to even; what is larger than the largest of them, 65504, becomes that. */
export function toHalves(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, toHalf);
}

export function fromHalves(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, fromHalf);
}

const largest = 0x7bff;
const notANumber = 0x7e00;
/** What the exponents of float32 and half are counted from, apart. */
const biases = 127 - 15;

/** @param bits Of a float32. */
function toHalf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - biases;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff - biases && mantissa !== 0) return notANumber;
  if (exponent > 30) return sign | largest;
  // Below the smallest normal half the leading 1 is written out, and moves right.
  const digits = exponent > 0 ? (exponent << 23) | mantissa : mantissa | 0x800000;
  const dropped = exponent > 0 ? 13 : 14 - exponent;
  if (dropped > 24) return sign;
  const kept = digits >>> dropped;
  const rest = digits - kept * 2 ** dropped;
  const half = 2 ** (dropped - 1);
  const isUp = rest > half || (rest === half && kept % 2 === 1);
  return sign | Math.min(kept + Number(isUp), largest);
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}
