/** @file A block from left to right: every part has its port on one line, the shortcut runs above. */
import type { LayerNode } from "../../model/graph/types.ts";
import { type BlockLayout, type BlockPart, mlpInset, type PlacedPart, sumSize } from "./blockParts.ts";
import { type Box, flowGap, portY, sizes, titleHeight } from "./sizes.ts";

type Size = Pick<Box, "width" | "height">;

/** Modules have a title above their layers, so they are higher. */
const moduleHeight = 112;
const layerHeight = 86;
const mixerWidth = 128;
/** Above the parts, for the shortcut. */
const lane = 20;

/** Places the parts in the middle of `width`. */
export function layRow(parts: readonly BlockPart[], width: number): BlockLayout {
  const top = titleHeight + lane;
  const total = parts.reduce((sum, part) => sum + sizeOf(part).width, 0) + (parts.length - 1) * flowGap;
  let x = (width - total) / 2;
  const placed = parts.map((part): PlacedPart => {
    const size = sizeOf(part);
    const y = part.kind === "layer" ? top + portY - size.height / 2 : top;
    const box = { x, y, ...size };
    x += size.width + flowGap;
    return { part, box, inner: part.kind === "mlp" ? innerBoxes(part.layers) : [] };
  });
  return {
    parts: placed,
    height: top + moduleHeight + sizes.regular.inset,
    input: [0, top + portY],
    lane: portY + lane / 2,
  };
}

function innerBoxes(layers: readonly LayerNode[]): readonly Box[] {
  let x = mlpInset;
  return layers.map((node) => {
    const box = { x, y: portY - layerHeight / 2, ...layerSize(node) };
    x += box.width + flowGap;
    return box;
  });
}

function sizeOf(part: BlockPart): Size {
  switch (part.kind) {
    case "mixer":
      return { width: mixerWidth, height: moduleHeight };
    case "mlp": {
      const last = innerBoxes(part.layers).at(-1);
      return { width: (last ? last.x + last.width : 0) + mlpInset, height: moduleHeight };
    }
    case "layer":
      return layerSize(part.node);
    default:
      return part satisfies never;
  }
}

function layerSize({ op }: LayerNode): Size {
  if (op.kind === "add") return { width: sumSize, height: sumSize };
  return { width: op.kind === "linear" ? 80 : 78, height: layerHeight };
}
