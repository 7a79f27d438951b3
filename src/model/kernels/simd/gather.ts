/**
 * @file Patches of an image as the rows of a matrix, so that a convolution whose kernel equals its stride is a matrix product.
 *
 * A patch is as many runs of memory as it has lines. One call makes one line of patches.
 */
import { get, i32, load, loop, program, set, store } from "./assembler.ts";

const vectorBytes = 16;

/** The parameters of the program, in its order. Addresses and pitches are in bytes. */
export const gatherParameters = [
  /** Of the first patch's first pixel. */
  "x",
  /** From one line of pixels to the next. */
  "pitch",
  "result",
  /** Patches. */
  "across",
  /** Lines of a patch. */
  "lines",
  /** Of one line of a patch: a multiple of 16. */
  "runBytes",
] as const;

export type GatherCall = Readonly<Record<(typeof gatherParameters)[number], number>>;

export const gatherProgram = program("gather", gatherParameters.length, (variables) => {
  const [x, pitch, result, across] = [variables.i32(), variables.i32(), variables.i32(), variables.i32()];
  const [lines, runBytes] = [variables.i32(), variables.i32()];
  const [patch, line, source] = [variables.i32(), variables.i32(), variables.i32()];
  const [target, end] = [variables.i32(), variables.i32()];
  const one = i32.const(1);
  return loop(patch, { from: i32.const(0), to: get(across), step: one }, [
    set(source, get(x)),
    loop(line, { from: i32.const(0), to: get(lines), step: one }, [
      set(end, i32.add(get(result), get(runBytes))),
      loop(target, { from: get(result), to: get(end), step: i32.const(vectorBytes) }, [
        store(get(target), load(i32.add(get(source), i32.sub(get(target), get(result))))),
      ]),
      set(source, i32.add(get(source), get(pitch))),
      set(result, get(end)),
    ]),
    set(x, i32.add(get(x), get(runBytes))),
  ]);
});
