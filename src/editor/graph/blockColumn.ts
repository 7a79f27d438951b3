/** @file A block from top to bottom, for a narrow canvas: every part is a row, the shortcut runs on the left. */
import { type BlockLayout, type BlockPart, mlpInset, type PlacedPart, sumSize } from "./blockParts.ts";
import { type Box, flowGap, sizes, titleHeight } from "./sizes.ts";

const layerHeight = 34;
const mixerHeight = 70;
const mlpTitle = 24;
/** Left of the parts, for the shortcut. */
const lane = 30;
/** From the title to the first part: room for an arrow and the start of the shortcut. */
const lead = 10;

/** Places the parts under each other, as wide as `width` allows. */
export function layColumn(parts: readonly BlockPart[], width: number): BlockLayout {
  const rowWidth = width - lane - sizes.compact.inset;
  const middle = lane + rowWidth / 2;
  let y = titleHeight + lead;
  const placed = parts.map((part): PlacedPart => {
    const height = heightOf(part);
    const box = isSum(part)
      ? { x: middle - sumSize / 2, y, width: sumSize, height }
      : { x: lane, y, width: rowWidth, height };
    y += height + flowGap;
    return { part, box, inner: part.kind === "mlp" ? innerBoxes(part.layers.length, rowWidth) : [] };
  });
  return { parts: placed, height: y, input: [middle, titleHeight - lead], lane: middle - lane / 2 };
}

function innerBoxes(count: number, width: number): readonly Box[] {
  return Array.from({ length: count }, (_, index) => ({
    x: mlpInset,
    y: mlpTitle + index * (layerHeight + flowGap),
    width: width - 2 * mlpInset,
    height: layerHeight,
  }));
}

function heightOf(part: BlockPart): number {
  switch (part.kind) {
    case "mixer":
      return mixerHeight;
    case "mlp":
      return mlpTitle + part.layers.length * (layerHeight + flowGap) - flowGap + mlpInset;
    case "layer":
      return isSum(part) ? sumSize : layerHeight;
    default:
      return part satisfies never;
  }
}

function isSum(part: BlockPart): boolean {
  return part.kind === "layer" && part.node.op.kind === "add";
}
