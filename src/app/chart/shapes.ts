/** @file Outlines of the shapes that tell series apart, for legends on the page and in files. */
import type { SeriesShape } from "./types.ts";

/** About 9 pixels wide, around the origin. */
export const shapePaths: Readonly<Record<SeriesShape, string>> = {
  circle: "M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0",
  diamond: "M0,-6L4,0L0,6L-4,0Z",
  square: "M-4,-4H4V4H-4Z",
  triangle: "M0,-5L5,4H-5Z",
  ring: "M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0M3.5,0A3.5,3.5,0,1,0,-3.5,0A3.5,3.5,0,1,0,3.5,0",
  bar: "M-1,-6H1V6H-1Z",
  star: "M0,-6L1.4,-1.9L5.7,-1.9L2.2,0.7L3.5,4.9L0,2.3L-3.5,4.9L-2.2,0.7L-5.7,-1.9L-1.4,-1.9Z",
};
