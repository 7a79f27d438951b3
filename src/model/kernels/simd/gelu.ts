/** @file The exact GELU in place, four values at a time, as `bumpPolynomial` gives it. */
import { bumpEnd, bumpPolynomial } from "../gelu.ts";
import { f32x4, get, i32, load, loop, type MultiplyAdd, program, set, store } from "./assembler.ts";

/** `gelu(start, end)`: addresses of the values; their number is a multiple of four. */
export const geluProgram = (multiplyAdd: MultiplyAdd) =>
  program("gelu", 2, (variables) => {
    const [start, end, at] = [variables.i32(), variables.i32(), variables.i32()];
    const [x, u, q] = [variables.v128(), variables.v128(), variables.v128()];
    const polynomial = bumpPolynomial
      .map(f32x4.const)
      .reduce((sum, coefficient) => multiplyAdd(sum, get(u), coefficient));
    const squared = f32x4.mul(get(q), get(q));
    const positive = f32x4.max(get(x), f32x4.const(0));
    return loop(at, { from: get(start), to: get(end), step: i32.const(16) }, [
      set(x, load(get(at))),
      set(u, f32x4.min(f32x4.abs(get(x)), f32x4.const(bumpEnd))),
      set(q, polynomial),
      set(q, squared),
      set(q, squared),
      set(q, squared),
      store(get(at), f32x4.sub(positive, f32x4.div(get(u), get(q)))),
    ]);
  });
