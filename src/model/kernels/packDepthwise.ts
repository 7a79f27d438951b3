/** @file Weights of depthwise convolutions as their kernel reads them. */
import { vectors } from "./kernel.ts";

/** A convolution of `count` channels from `start` on, padded to keep the size. Odd kernels. */
export interface DepthwiseBranch {
  readonly start: number;
  readonly count: number;
  readonly kernelSize: readonly [height: number, width: number];
  /** `[count, 1, height, width]`, PyTorch's. */
  readonly weight: Float32Array;
  /** `[count]`; 0 where absent. */
  readonly bias?: Float32Array | undefined;
}

export interface PackedDepthwise {
  /** Vectors of four channels: the taps of every rectangle, row by row. */
  readonly weights: Float32Array;
  /** `[padded(channels)]` */
  readonly bias: Float32Array;
  /** Vectors of four: `[first, end, 0, 0]` of the list of each channel vector, then the rectangles `[height, width, first weight, 0]`. */
  readonly table: Int32Array;
}

/** Writes the taps of a rectangle, four channels each, from `at` on. */
type WriteTaps = (weights: Float32Array, at: number) => void;

/** Packs branches that do not overlap; channels that are in none pass through. */
export function packDepthwise(channels: number, branches: readonly DepthwiseBranch[]): PackedDepthwise {
  const groups = vectors(channels);
  const bias = new Float32Array(groups * 4);
  const lists: number[] = [];
  const rectangles: number[] = [];
  const writers: { readonly at: number; readonly write: WriteTaps }[] = [];
  let tapCount = 0;
  /** Adds one rectangle and returns its place in the table. */
  const rectangle = (height: number, width: number, write: WriteTaps): number => {
    rectangles.push(height, width, tapCount, 0);
    writers.push({ at: 4 * tapCount, write });
    tapCount += height * width;
    return groups + writers.length - 1;
  };
  const passThrough = rectangle(1, 1, (weights, at) => weights.fill(1, at, at + 4));

  for (let group = 0; group < groups; group++) {
    const touching = branches.filter(
      ({ start, count }) => start < 4 * group + 4 && start + count > 4 * group && count > 0,
    );
    // Channels that only pad the last vector stay 0, whatever lies there in the input.
    const passing = [0, 1, 2, 3].map((lane) => {
      const channel = 4 * group + lane;
      return channel < channels && !covers(touching, channel) ? 1 : 0;
    });
    if (!passing.includes(0)) {
      lists.push(passThrough, passThrough + 1, 0, 0);
      continue;
    }
    const first = groups + writers.length;
    if (passing.includes(1)) rectangle(1, 1, (weights, at) => weights.set(passing, at));
    for (const branch of touching) {
      const [height, width] = branch.kernelSize;
      rectangle(height, width, (weights, at) => writeTaps(branch, group, weights, at));
      for (let lane = 0; lane < 4; lane++) {
        const channel = 4 * group + lane - branch.start;
        if (channel >= 0 && channel < branch.count) bias[4 * group + lane] = branch.bias?.[channel] ?? 0;
      }
    }
    lists.push(first, groups + writers.length, 0, 0);
  }
  // Only now that their number is known: there may be more taps than an array that grows could hold.
  const weights = new Float32Array(4 * tapCount);
  for (const { at, write } of writers) write(weights, at);
  return { weights, bias, table: Int32Array.from([...lists, ...rectangles]) };
}

function covers(branches: readonly DepthwiseBranch[], channel: number): boolean {
  return branches.some(({ start, count }) => channel >= start && channel < start + count);
}

/** The kernel of four channels, tap by tap; those that are not the branch's stay 0. */
function writeTaps(
  { start, count, kernelSize, weight }: DepthwiseBranch,
  group: number,
  weights: Float32Array,
  at: number,
): void {
  const area = kernelSize[0] * kernelSize[1];
  for (let lane = 0; lane < 4; lane++) {
    const channel = 4 * group + lane - start;
    if (channel < 0 || channel >= count) continue;
    for (let tap = 0; tap < area; tap++) weights[at + 4 * tap + lane] = weight[channel * area + tap] ?? 0;
  }
}
