/**
 * @file Patches of an image as the rows of a matrix, so that a convolution whose kernel equals its stride is a matrix product.
 *
 * A patch is as many runs of memory as it has lines. One call makes one line of patches.
 */
import { copyBytes, get, i32, loop, program, set } from "./assembler.ts";

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
  /** Of one line of a patch. */
  "runBytes",
] as const;

export type GatherCall = Readonly<Record<(typeof gatherParameters)[number], number>>;

export const gatherProgram = program("gather", gatherParameters.length, (variables) => {
  const [x, pitch, result, across] = [variables.i32(), variables.i32(), variables.i32(), variables.i32()];
  const [lines, runBytes] = [variables.i32(), variables.i32()];
  const [patch, line, source] = [variables.i32(), variables.i32(), variables.i32()];
  const one = i32.const(1);
  return loop(patch, { from: i32.const(0), to: get(across), step: one }, [
    set(source, get(x)),
    loop(line, { from: i32.const(0), to: get(lines), step: one }, [
      copyBytes(get(result), get(source), get(runBytes)),
      set(source, i32.add(get(source), get(pitch))),
      set(result, i32.add(get(result), get(runBytes))),
    ]),
    set(x, i32.add(get(x), get(runBytes))),
  ]);
});
