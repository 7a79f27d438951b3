/**
 * @file One branch of a depthwise convolution, four channels at a time, of an image of any number of channels.
 *
 * TensorFlow.js's WebAssembly slices the channels, convolves each part by a routine made for many channels, and joins the
 * parts, which takes several times as long as the convolution itself. Here the result begins as a copy of the whole input,
 * which passes the identity channels through, and each branch overwrites its own.
 *
 * A group of four channels has one block of weights: its bias, and a tap for each pixel of the kernel. A sum stays in a
 * register over all taps; those outside of the image are left out of the loops. Of the last group only the lanes that are the
 * branch's are stored, one by one: beside them may lie pixels that another thread is writing. Reading them does no harm.
 */

import type { DepthwiseBranch } from "../packDepthwise.ts";
import {
  get,
  i32,
  i32Max,
  i32Min,
  type Local,
  load,
  loop,
  type MultiplyAdd,
  program,
  set,
  store,
  storeLane32,
  storeLane64,
  when,
} from "./assembler.ts";

const vectorBytes = 16;

/** The parameters of the program, in its order. Addresses and pitches are in bytes. */
export const depthwiseParameters = [
  /** Of the branch's first channel in the first pixel. */
  "x",
  "result",
  "blocks",
  "blocksEnd",
  "blockPitch",
  /** Of the branch's channels in a pixel. */
  "branchBytes",
  /** The first of the lines of the whole batch, and the one after the last. */
  "line",
  "lineEnd",
  "height",
  "width",
  "pixelPitch",
  "rows",
  "columns",
  /** Of the kernel, above and left of its middle. */
  "top",
  "left",
] as const;

export type DepthwiseCall = Readonly<Record<(typeof depthwiseParameters)[number], number>>;

export const depthwiseProgram = (multiplyAdd: MultiplyAdd) =>
  program("depthwise", depthwiseParameters.length, (variables) => {
    const given = Object.fromEntries(depthwiseParameters.map((name) => [name, variables.i32()])) as Record<
      (typeof depthwiseParameters)[number],
      Local
    >;
    const { line } = given;
    const [column, block] = [variables.i32(), variables.i32()];
    const [firstRow, lastRow, firstColumn, lastColumn] = [
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
    ];
    const [y, place, channel, row, source, tap, tapsEnd, rest] = [
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
      variables.i32(),
    ];
    const sum = variables.v128();
    const at = (name: (typeof depthwiseParameters)[number]) => get(given[name]);
    const zero = i32.const(0);
    const one = i32.const(1);
    const vector = i32.const(vectorBytes);

    /** Address in `x` of the first tap's pixel of the present row, and of the first tap's weight. */
    const firstPixel = i32.add(
      i32.add(at("x"), i32.add(get(place), get(channel))),
      i32.mul(
        i32.add(i32.mul(i32.sub(get(row), at("top")), at("width")), i32.sub(get(firstColumn), at("left"))),
        at("pixelPitch"),
      ),
    );
    const tapOf = (step: Local) =>
      i32.add(
        i32.add(get(block), vector),
        i32.mul(i32.add(i32.mul(get(row), at("columns")), get(step)), vector),
      );
    const target = i32.add(at("result"), i32.add(get(place), get(channel)));
    const afterPair = i32.add(target, i32.const(vectorBytes / 2));

    const ofRow = [
      set(source, firstPixel),
      set(tapsEnd, tapOf(lastColumn)),
      loop(tap, { from: tapOf(firstColumn), to: get(tapsEnd), step: vector }, [
        set(sum, multiplyAdd(load(get(source)), load(get(tap)), get(sum))),
        set(source, i32.add(get(source), at("pixelPitch"))),
      ]),
    ];
    /** One to three lanes. */
    const ofLastLanes = when(
      i32.lessThan(get(rest), i32.const(vectorBytes / 2)),
      storeLane32(target, get(sum), 0),
      [
        storeLane64(target, get(sum), 0),
        when(i32.and(get(rest), i32.const(4)), storeLane32(afterPair, get(sum), 2)),
      ],
    );
    const ofGroup = [
      set(sum, load(get(block))),
      loop(row, { from: get(firstRow), to: get(lastRow), step: one }, ofRow),
      set(rest, i32.sub(at("branchBytes"), get(channel))),
      when(i32.lessThan(get(rest), vector), ofLastLanes, store(target, get(sum))),
      set(channel, i32.add(get(channel), vector)),
    ];
    const ofPixel = [
      set(firstColumn, i32Max(zero, i32.sub(at("left"), get(column)))),
      set(lastColumn, i32Min(at("columns"), i32.sub(i32.add(at("width"), at("left")), get(column)))),
      set(place, i32.mul(i32.add(i32.mul(get(line), at("width")), get(column)), at("pixelPitch"))),
      set(channel, zero),
      loop(block, { from: at("blocks"), to: at("blocksEnd"), step: at("blockPitch") }, ofGroup),
    ];
    return loop(line, { from: get(line), to: at("lineEnd"), step: one }, [
      set(y, i32.remainder(get(line), at("height"))),
      set(firstRow, i32Max(zero, i32.sub(at("top"), get(y)))),
      set(lastRow, i32Min(at("rows"), i32.sub(i32.add(at("height"), at("top")), get(y)))),
      loop(column, { from: zero, to: at("width"), step: one }, ofPixel),
    ]);
  });

/** Of four channels: bias and taps. */
export function blockBytes([rows, columns]: DepthwiseBranch["kernelSize"]): number {
  return vectorBytes * (1 + rows * columns);
}

/** The blocks of a branch; 0 for the channels that the last one has too many. */
export function packBranch({ count, kernelSize, weight, bias }: DepthwiseBranch): Float32Array {
  const area = kernelSize[0] * kernelSize[1];
  const blockLength = blockBytes(kernelSize) / 4;
  const packed = new Float32Array(Math.ceil(count / 4) * blockLength);
  for (let channel = 0; channel < count; channel++) {
    const start = Math.floor(channel / 4) * blockLength + (channel % 4);
    packed[start] = bias?.[channel] ?? 0;
    for (let tap = 0; tap < area; tap++) packed[start + 4 * (1 + tap)] = weight[channel * area + tap] ?? 0;
  }
  return packed;
}
