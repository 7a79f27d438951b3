/** @file Measures of the drawing, in pixels at zoom 1. Node components fill the box that the layout gives them. */

/** `regular`: cards as wide rows, blocks from left to right. `compact`: one narrow column, for a phone. */
export type Density = "regular" | "compact";

/** Narrower canvases get the compact drawing, in pixels. */
const narrow = 560;

/** For a canvas of that width; 0 is one that was not measured yet. */
export function densityOf(width: number): Density {
  return width > 0 && width < narrow ? "compact" : "regular";
}

/** A box; `x` and `y` from its parent's corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Sizes {
  /** Of the spine: image, stem, stages, head, predictions. */
  readonly width: number;
  readonly stageHeight: number;
  readonly imageHeight: number;
  readonly stemHeight: number;
  readonly headHeight: number;
  readonly predictionsHeight: number;
  /** Between a container's border and what it holds. */
  readonly inset: number;
  readonly downsample: Pick<Box, "width" | "height">;
}

export const sizes: Readonly<Record<Density, Sizes>> = {
  regular: {
    width: 724,
    stageHeight: 92,
    imageHeight: 92,
    stemHeight: 92,
    headHeight: 128,
    predictionsHeight: 128,
    inset: 14,
    downsample: { width: 128, height: 88 },
  },
  compact: {
    width: 360,
    stageHeight: 210,
    imageHeight: 96,
    stemHeight: 84,
    headHeight: 112,
    predictionsHeight: 150,
    inset: 10,
    downsample: { width: 340, height: 36 },
  },
};

/** Between two cards of the spine. */
export const spineGap = 21;
/** Between two nodes inside a block; an arrow needs this much. */
export const flowGap = 15;
/** Title row of an open block and of an open mixer (frames.module.css). */
export const titleHeight = 34;
/** Between what is opened and its enlargement below. */
export const zoomGap = 14;
/** From the top of an item in a block's row to the line that the data follows. */
export const portY = 61;
