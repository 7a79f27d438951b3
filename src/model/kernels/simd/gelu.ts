/** @file The exact GELU in place, four values at a time, as `../gelu.ts` has it. */
import { denominator, end, numerator } from "../gelu.ts";
import { f32x4, get, i32, load, loop, type MultiplyAdd, program, set, store } from "./assembler.ts";

/** `gelu(start, end)`: addresses of the values; their number is a multiple of four. */
export const geluProgram = (multiplyAdd: MultiplyAdd) =>
  program("gelu", 2, (variables) => {
    const [from, to, at] = [variables.i32(), variables.i32(), variables.i32()];
    const [above, z, t] = [variables.v128(), variables.v128(), variables.v128()];
    const polynomial = (coefficients: readonly number[]) =>
      coefficients.map(f32x4.const).reduce((sum, coefficient) => multiplyAdd(sum, get(t), coefficient));
    const quotient = f32x4.div(f32x4.mul(get(z), polynomial(numerator)), polynomial(denominator));
    return loop(at, { from: get(from), to: get(to), step: i32.const(16) }, [
      set(above, f32x4.max(load(get(at)), f32x4.const(-end))),
      set(z, f32x4.min(get(above), f32x4.const(end))),
      set(t, f32x4.mul(get(z), get(z))),
      store(get(at), f32x4.mul(get(above), f32x4.add(quotient, f32x4.const(0.5)))),
    ]);
  });
