/**
 * @file The exact GELU in place: x * (1 + erf(x / sqrt 2)) / 2, four values at a time.
 *
 * erf is a quotient of polynomials in z * z (Eigen's), for z within 4, beyond which float32 knows no difference from 1: it
 * needs no exponential, and is as close as float32's own rounding of 1 + erf.
 */
import { f32x4, get, i32, load, loop, type MultiplyAdd, program, set, store } from "./assembler.ts";

const numerator = [
  -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5,
  -7.34990630326855e-4, -2.95459980854025e-3, -1.60960333262415e-2,
];
const denominator = [
  -1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3,
  -1.42647390514189e-2,
];

/** `gelu(start, end)`: addresses of the values; their number is a multiple of four. */
export const geluProgram = (multiplyAdd: MultiplyAdd) =>
  program("gelu", 2, (variables) => {
    const [start, end, at] = [variables.i32(), variables.i32(), variables.i32()];
    const [x, z, t] = [variables.v128(), variables.v128(), variables.v128()];
    const polynomial = (coefficients: readonly number[]) =>
      coefficients.map(f32x4.const).reduce((sum, coefficient) => multiplyAdd(sum, get(t), coefficient));
    const clamped = f32x4.min(
      f32x4.max(f32x4.mul(get(x), f32x4.const(Math.SQRT1_2)), f32x4.const(-4)),
      f32x4.const(4),
    );
    const erf = f32x4.div(f32x4.mul(get(z), polynomial(numerator)), polynomial(denominator));
    const half = f32x4.const(0.5);
    return loop(at, { from: get(start), to: get(end), step: i32.const(16) }, [
      set(x, load(get(at))),
      set(z, clamped),
      set(t, f32x4.mul(get(z), get(z))),
      store(get(at), f32x4.mul(get(x), multiplyAdd(erf, half, half))),
    ]);
  });
