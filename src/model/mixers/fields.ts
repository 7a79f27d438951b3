/** @file Fields that several kinds of mixers have. */
import { z } from "zod";

/** Largest side of a kernel that the format accepts, in pixels. */
export const largestKernel = 255;

/** Side of a kernel, in pixels. */
export const kernelSize = (what: string) =>
  z
    .number({ error: `${what} must be a number` })
    .int(`${what} must be a whole number`)
    .min(1, `${what} must be at least 1`)
    .max(largestKernel, `${what} must be at most ${largestKernel}`)
    .refine((k) => k % 2 === 1, `${what} must be odd, so that padding keeps the size`);

/** Share of the channels. */
export const ratio = (what: string) =>
  z
    .number({ error: `${what} must be a number` })
    .min(0, `${what} must be at least 0`)
    .max(1, `${what} must be at most 1`);

/** Channels of one convolution branch: `floor(dim * ratio)`, as the official code's `int(dim * ratio)`. */
export function branchChannels(dim: number, share: number): number {
  return Math.floor(dim * share);
}
