/** @file An open block: its parts in the order of the data, the shortcut around them, and the mixer's branches if open. */
import type { LayerGraph, LayerGroup } from "../../model/graph/types.ts";
import type { StageNumber } from "../store/store.ts";
import { layerName } from "../words.ts";
import { layColumn } from "./blockColumn.ts";
import { type BlockPart, type PlacedPart, partsOf } from "./blockParts.ts";
import { layRow } from "./blockRow.ts";
import type { Branch } from "./branches.ts";
import { mixerScene } from "./mixerScene.ts";
import { flowEdge, nodeId, type Part, type SceneEdge, type SceneNode } from "./sceneTypes.ts";
import { type Box, type Density, sizes, zoomGap } from "./sizes.ts";

export interface BlockPlace {
  readonly group: LayerGroup;
  readonly stage: StageNumber;
  readonly block: number;
  readonly density: Density;
  /** React Flow's id of the stage. */
  readonly parent: string;
  readonly from: readonly [left: number, right: number];
  /** The mixer's branches, if it is open. */
  readonly branches?: readonly Branch[];
}

/** Draws the block in a box at `x`, `y` and `width`. */
export function blockScene(graph: LayerGraph, place: BlockPlace, { x, y, width }: Omit<Box, "height">): Part {
  const { group, stage, block, density, parent, from } = place;
  const id = nodeId("block", group.id);
  const parts = partsOf(graph, group.id);
  const layout = density === "regular" ? layRow(parts, width) : layColumn(parts, width);
  const nodes = layout.parts.flatMap((placed) => partNodes(placed, place, id));
  const detail = openMixer(place, layout.parts, { x: sizes[density].inset, y: layout.height, width });
  const height = layout.height + detail.height;
  const output =
    density === "regular" ? ([width, layout.input[1]] as const) : ([layout.input[0], height] as const);
  const container: SceneNode = {
    id,
    type: "block",
    parentId: parent,
    position: { x, y },
    width,
    height,
    ariaLabel: `Block ${block + 1} of stage ${stage + 1}`,
    data: { stage, block, density, id: group.id, from, ports: { in: layout.input, out: output } },
  };
  return {
    nodes: [container, ...nodes, ...detail.nodes],
    edges: [...blockEdges(nodes, id, { density, lane: layout.lane }), ...detail.edges],
    height,
  };
}

/** The enlargement of the mixer below the parts. */
function openMixer(
  place: BlockPlace,
  parts: readonly PlacedPart[],
  { x, y, width }: Omit<Box, "height">,
): Part {
  const mixer = parts.find(({ part }) => part.kind === "mixer");
  if (!place.branches || mixer?.part.kind !== "mixer") return { nodes: [], edges: [], height: 0 };
  const { stage, block, density, group, branches } = place;
  const { inset } = sizes[density];
  const left = mixer.box.x - inset;
  const detail = mixerScene(
    branches,
    {
      stage,
      block,
      density,
      id: mixer.part.id,
      parent: nodeId("block", group.id),
      from: [left, left + mixer.box.width],
    },
    { x, y: y - inset + zoomGap, width: width - 2 * inset },
  );
  return { ...detail, height: zoomGap + detail.height };
}

/** A part, and the layers in it. */
function partNodes(
  { part, box, inner }: PlacedPart,
  place: BlockPlace,
  parent: string,
): readonly SceneNode[] {
  const { stage, block, density } = place;
  const draw = (what: BlockPart, holder: string, { x, y, width, height }: Box): SceneNode => {
    const id = what.kind === "layer" ? what.node.id : what.id;
    return {
      id: nodeId(what.kind, id),
      type: what.kind,
      parentId: holder,
      position: { x, y },
      width,
      height,
      ariaLabel: `${nameOf(what)} of stage ${stage + 1}, block ${block + 1}`,
      data: { id, stage, block, density },
    };
  };
  if (part.kind !== "mlp") return [draw(part, parent, box)];
  const layers = part.layers.flatMap((node, index) => {
    const box = inner[index];
    return box ? [draw({ kind: "layer", node }, nodeId("mlp", part.id), box)] : [];
  });
  return [draw(part, parent, box), ...layers];
}

function nameOf(part: BlockPart): string {
  switch (part.kind) {
    case "mixer":
      return "Token mixer";
    case "mlp":
      return "MLP";
    case "layer":
      return layerName(part.node);
    default:
      return part satisfies never;
  }
}

/** Along the data from port to port of the block, and the shortcut from its input to the sum. */
function blockEdges(
  nodes: readonly SceneNode[],
  block: string,
  data: { readonly density: Density; readonly lane: number },
): readonly SceneEdge[] {
  const along = nodes.filter((node) => node.type !== "mlp").map((node) => node.id);
  const first = along[0] ?? block;
  const last = along.at(-1) ?? block;
  return [
    flowEdge(block, first, { fromInput: true }),
    ...along.slice(1).map((id, index) => flowEdge(along[index] ?? block, id)),
    flowEdge(last, block, { toOutput: true }),
    {
      id: `residual>${last}`,
      type: "residual",
      source: block,
      sourceHandle: "in",
      target: last,
      targetHandle: "shortcut",
      data,
    },
  ];
}
