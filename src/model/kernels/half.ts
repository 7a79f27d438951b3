/** @file Activations and weights as halves, as the kernels store them. */
import { toFloat16 } from "../weights/float16.ts";

/** The largest half. */
const largest = 65_504;

/** The nearest halves, ties to even; what is larger than the largest of them becomes that, as in the kernels. */
export function toHalves(values: Float32Array): Uint16Array<ArrayBuffer> {
  return toFloat16(values.map((value) => Math.min(Math.max(value, -largest), largest)));
}
