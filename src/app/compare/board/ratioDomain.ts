/** @file The axis of the intervals: logarithmic, so that twice as fast and half as fast lie equally far from 1. */
import type { Against } from "../../runs/results.ts";

/** The least that the axis reaches to either side: intervals of equal networks then look as narrow as they are. */
const smallestReach = Math.log(1.05);

/** Room left beyond the farthest end. */
const margin = 1.12;

/** Room for every interval, the same on both sides of 1. */
export function ratioDomain(all: readonly (Against | undefined)[]): readonly [low: number, high: number] {
  const ends = all.flatMap((one) => (one ? [one.low, one.high] : []));
  const reaches = ends.map((ratio) => Math.abs(Math.log(ratio))).filter(Number.isFinite);
  const reach = Math.max(...reaches, smallestReach);
  const end = Math.exp(margin * reach);
  return [1 / end, end];
}

/** Where a ratio lies on the axis, 0 to 1: at its end where it lies beyond. */
export function placeIn([low, high]: readonly [low: number, high: number], ratio: number): number {
  const place = Math.log(ratio / low) / Math.log(high / low);
  return Math.min(Math.max(place, 0), 1);
}
