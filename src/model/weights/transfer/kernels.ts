/**
 * @file Depthwise kernels of a target branch from those of a source mixer, channel by channel.
 *
 * A channel that passes through is a kernel of 1 x 1 with the value 1. So every change is one rule: the kernel is laid
 * centre on centre, cropped where the new one is smaller and zero-padded where it is larger. It turns 5 x 5 into 3 x 3,
 * 1 x 11 into 1 x 7 and back, a square kernel into its central row or column and back, and an identity channel that joins
 * a branch into a delta kernel, which changes nothing. Pooling is a kernel as well: the average, less 1 in the centre.
 */
import type { Size2d } from "../../graph/types.ts";
import type { TensorMap } from "../tensorMap.ts";
import type { AxisMap } from "./axisMap.ts";
import type { Branch, Mixer } from "./sites.ts";

/** Where the kernel of a target channel comes from. */
interface Origin {
  readonly branch: Branch;
  /** Index within the branch. */
  readonly index: number;
}

/** What becomes of a target branch. */
export interface BranchPlan {
  /** One for every channel of the branch; absent for a channel that no kernel of the source covered. */
  readonly origins: readonly (Origin | undefined)[];
  /** Kernel of the source's pooling, of which the channels without an origin come; they are delta kernels where absent. */
  readonly average?: Size2d;
  /** The source branch whose channels are the target's, all of them and in order. */
  readonly whole?: Branch;
}

/** @param channels Map of the stage's channels. */
export function planBranch(target: Branch, source: Mixer, channels: AxisMap): BranchPlan {
  const { start, count } = target.channels;
  const origins = new Array<Origin | undefined>(count).fill(undefined);
  for (const run of channels.runs) {
    for (let i = Math.max(0, start - run.to); i < run.count && run.to + i < start + count; i++) {
      origins[run.to + i - start] = originOf(run.from + i, source);
    }
  }
  const whole = origins[0]?.branch;
  const isWhole = origins.every((origin, i) => origin?.branch === whole && origin?.index === i);
  if (whole?.channels.count === count && isWhole) return { origins, whole };
  return source.average ? { origins, average: source.average } : { origins };
}

/** Weight `[count, 1, kh, kw]` and bias `[count]` of the planned branch. */
export function buildBranch(
  { origins, average }: BranchPlan,
  size: Size2d,
  tensors: TensorMap,
): { readonly weight: Float32Array; readonly bias: Float32Array } {
  const area = size[0] * size[1];
  const weight = new Float32Array(origins.length * area);
  const bias = new Float32Array(origins.length);
  const uncovered: Kernel = average
    ? { data: averageKernel(average), start: 0, size: average }
    : { data: new Float32Array([1]), start: 0, size: [1, 1] };
  for (const [channel, origin] of origins.entries()) {
    const data = origin && tensors.get(origin.branch.weight.key)?.data;
    if (!origin || !data) {
      layKernel(uncovered, weight, channel * area, size);
      continue;
    }
    const { kernelSize } = origin.branch;
    const start = origin.index * kernelSize[0] * kernelSize[1];
    layKernel({ data, start, size: kernelSize }, weight, channel * area, size);
    bias[channel] = tensors.get(origin.branch.bias.key)?.data[origin.index] ?? 0;
  }
  return { weight, bias };
}

/** One kernel in an array of many. */
interface Kernel {
  readonly data: Float32Array;
  readonly start: number;
  readonly size: Size2d;
}

/** Centre on centre, into `target` from `start` on. */
function layKernel(kernel: Kernel, target: Float32Array, start: number, [height, width]: Size2d): void {
  const [sourceHeight, sourceWidth] = kernel.size;
  const [rows, columns] = [overlap(sourceHeight, height), overlap(sourceWidth, width)];
  for (let row = 0; row < rows.count; row++) {
    const from = kernel.start + (rows.from + row) * sourceWidth + columns.from;
    const to = start + (rows.to + row) * width + columns.to;
    for (let column = 0; column < columns.count; column++)
      target[to + column] = kernel.data[from + column] ?? 0;
  }
}

/** The average of the pixels under the kernel minus the pixel in its centre, as everywhere but at the border. */
function averageKernel([height, width]: Size2d): Float32Array {
  const area = height * width;
  const kernel = new Float32Array(area).fill(1 / area);
  kernel[(area - 1) / 2] = 1 / area - 1;
  return kernel;
}

/** Elements of one kernel that come from the source. */
export function keptPerKernel(source: Size2d, target: Size2d): number {
  return overlap(source[0], target[0]).count * overlap(source[1], target[1]).count;
}

export function sameSize(a: Size2d, b: Size2d): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** Odd lengths, laid centre on centre. */
function overlap(source: number, target: number): { from: number; to: number; count: number } {
  const count = Math.min(source, target);
  return { from: (source - count) / 2, to: (target - count) / 2, count };
}

function originOf(channel: number, { branches }: Mixer): Origin | undefined {
  for (const branch of branches) {
    const index = channel - branch.channels.start;
    if (index >= 0 && index < branch.channels.count) return { branch, index };
  }
  return undefined;
}
