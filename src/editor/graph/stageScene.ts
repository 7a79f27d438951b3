/** @file One stage: a card with its knobs, and when open its downsample, its blocks and the block that is open. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { LayerGraph } from "../../model/graph/types.ts";
import { branchesOfMixer } from "../mixers/table.ts";
import type { StageNumber, StageView } from "../store/store.ts";
import { blockScene } from "./blockScene.ts";
import { findGroup } from "./modules.ts";
import {
  flowEdge,
  nodeId,
  type Part,
  type SceneEdge,
  type SceneNode,
  type StagePorts,
} from "./sceneTypes.ts";
import { type Density, flowGap, sizes, zoomGap } from "./sizes.ts";

interface StagePlace {
  readonly view: StageView;
  readonly density: Density;
  readonly y: number;
  readonly ports: StagePorts;
}

/** Draws stage `stage` with its top at `y`. */
export function stageScene(
  architecture: Architecture,
  graph: LayerGraph,
  stage: StageNumber,
  { view, density, y, ports }: StagePlace,
): Part {
  const group = findGroup(graph, "stage", { stage });
  if (!group) throw new Error(`The network has no stage ${stage + 1}.`);
  const id = nodeId("stage", group.id);
  const inside = view.open ? interior(architecture, graph, stage, { view, density, id: group.id }) : nothing;
  const height = sizes[density].stageHeight + inside.height;
  const card: SceneNode = {
    id,
    type: "stage",
    position: { x: 0, y },
    width: sizes[density].width,
    height,
    ariaLabel: `Stage ${stage + 1}`,
    data: { id: group.id, stage, density, ports },
  };
  return { nodes: [card, ...inside.nodes], edges: inside.edges, height };
}

const nothing: Part = { nodes: [], edges: [], height: 0 };

interface Inside {
  readonly view: StageView;
  readonly density: Density;
  /** The stage's. */
  readonly id: string;
}

function interior(
  architecture: Architecture,
  graph: LayerGraph,
  stage: StageNumber,
  { view, density, id: stageId }: Inside,
): Part {
  const parent = nodeId("stage", stageId);
  const { stageHeight: top, width: full, inset, downsample: size } = sizes[density];
  const width = full - 2 * inset;
  const { depth, dim, tokenMixer } = architecture.stages[stage];
  const downsample = findGroup(graph, "downsample", { stage });
  const before = downsample ? size : { width: 0, height: 0 };
  const gap = downsample ? flowGap : 0;
  const beside = density === "regular";
  const blocks = {
    x: inset + (beside ? before.width + gap : 0),
    y: top + (beside ? 0 : before.height + gap),
    width: width - (beside ? before.width + gap : 0),
  };
  const grid = chipGrid(depth, blocks.width);
  const blocksHeight = Math.max(size.height, grid.height);
  const place = { stage, density };
  const stripId = nodeId("blocks", stageId);
  const ids = Array.from(
    { length: depth },
    (_, block) => findGroup(graph, "block", { stage, block })?.id ?? "",
  );
  const nodes: SceneNode[] = [];
  const edges: SceneEdge[] = [];
  if (downsample) {
    const id = nodeId("downsample", downsample.id);
    const box = { ...before, ...(beside && { height: blocksHeight }) };
    nodes.push({
      id,
      type: "downsample",
      parentId: parent,
      position: { x: inset, y: top },
      ...box,
      ariaLabel: `Downsample of stage ${stage + 1}`,
      data: { ...place, id: downsample.id },
    });
    edges.push(flowEdge(id, stripId));
  }
  nodes.push({
    id: stripId,
    type: "blocks",
    focusable: false,
    parentId: parent,
    position: { x: blocks.x, y: blocks.y },
    width: blocks.width,
    height: blocksHeight,
    data: { ...place, id: stageId, ids, columns: grid.columns },
  });
  let height = blocks.y - top + blocksHeight + inset;
  const open = view.block === undefined ? undefined : findGroup(graph, "block", { stage, block: view.block });
  if (open && view.block !== undefined) {
    const chip = blocks.x - inset + grid.left(view.block);
    const part = blockScene(
      graph,
      {
        ...place,
        group: open,
        block: view.block,
        parent,
        from: [chip, chip + grid.chipWidth],
        ...(view.mixer && { branches: branchesOfMixer(dim, tokenMixer) }),
      },
      { x: inset, y: top + height - inset + zoomGap, width },
    );
    nodes.push(...part.nodes);
    edges.push(...part.edges);
    height += zoomGap + part.height;
  }
  return { nodes, edges, height };
}

/** The strip of blocks is a film: one frame a block, in as many rows as it takes (blocksStrip.module.css). */
const strip = {
  padding: 8,
  caption: 20,
  gap: 4,
  chipHeight: 24,
  smallestChip: 22,
  widestChip: 140,
} as const;

interface ChipGrid {
  readonly columns: number;
  readonly chipWidth: number;
  /** Of the whole strip. */
  readonly height: number;
  /** Left edge of a block's frame, from the strip's. */
  readonly left: (block: number) => number;
}

function chipGrid(count: number, width: number): ChipGrid {
  const { padding, caption, gap, chipHeight, smallestChip, widestChip } = strip;
  const room = width - 2 * padding + gap;
  const most = Math.max(1, Math.floor(room / (smallestChip + gap)));
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows);
  const chipWidth = Math.min(widestChip, room / columns - gap);
  return {
    columns,
    chipWidth,
    height: 2 * padding + caption + rows * (chipHeight + gap) - gap,
    left: (block) => padding + (block % columns) * (chipWidth + gap),
  };
}
