/** @file An open block: its parts in the order of the data, the shortcut around them, and the mixer's branches if open. */
import type { LayerGraph, LayerGroup, LayerNode } from "../../model/graph/types.ts";
import type { StageNumber } from "../store/store.ts";
import { layerName } from "../words.ts";
import type { Branch } from "./branches.ts";
import { mixerScene } from "./mixerScene.ts";
import { childrenOf } from "./modules.ts";
import { flowEdge, nodeId, type Part, type Point, type SceneEdge, type SceneNode } from "./sceneTypes.ts";
import {
  type Box,
  type Density,
  flowGap,
  portY,
  residualLane,
  sizes,
  titleHeight,
  zoomGap,
} from "./sizes.ts";

export interface BlockPlace {
  readonly group: LayerGroup;
  readonly stage: StageNumber;
  readonly block: number;
  readonly density: Density;
  readonly parent: string;
  readonly from: readonly [left: number, right: number];
  /** The mixer's branches, if it is open. */
  readonly branches?: readonly Branch[];
}

type Size = Pick<Box, "width" | "height">;

/** Heights in a row: modules with a title are higher than layers, and all have their port at the same line. */
const moduleHeight = 112;
const layerHeight = 86;
const mlpInset = 9;

/** Draws the block in a box at `x`, `y` and `width`. */
export function blockScene(graph: LayerGraph, place: BlockPlace, { x, y, width }: Omit<Box, "height">): Part {
  const { group, stage, block, density, parent, from, branches } = place;
  const id = nodeId("block", group.id);
  const data = { stage, block, density };
  const flow = density === "regular" ? rowFlow(graph, place, id, width) : columnFlow(graph, place, id, width);
  const edges: SceneEdge[] = [...flow.edges];
  const nodes: SceneNode[] = [...flow.nodes];
  let height = flow.height;
  const mixer = childrenOf(graph, group.id).find(
    (child) => child.kind === "group" && child.group.kind === "tokenMixer",
  );
  const mixerNode = nodes.find((node) => node.type === "mixer");
  if (branches && mixer?.kind === "group" && mixerNode) {
    const { inset } = sizes[density];
    const left = mixerNode.position.x - inset;
    const detail = mixerScene(
      branches,
      { ...data, group: mixer.group, parent: id, from: [left, left + (mixerNode.width ?? 0)] },
      { x: inset, y: height - inset + zoomGap, width: width - 2 * inset },
    );
    nodes.push(...detail.nodes);
    edges.push(...detail.edges);
    height += zoomGap + detail.height;
  }
  const container: SceneNode = {
    id,
    type: "block",
    parentId: parent,
    position: { x, y },
    width,
    height,
    ariaLabel: `Block ${block + 1} of stage ${stage + 1}`,
    data: { ...data, id: group.id, from, ports: portsOf(density, width, height) },
  };
  return { nodes: [container, ...nodes], edges, height };
}

/** Data runs from edge to edge in a row, from the title to the foot in a column. */
function portsOf(
  density: Density,
  width: number,
  height: number,
): { readonly in: Point; readonly out: Point } {
  if (density === "regular") {
    const y = titleHeight + residualLane.regular + portY;
    return { in: [0, y], out: [width, y] };
  }
  const x = (residualLane.compact + width - sizes.compact.inset) / 2;
  return { in: [x, titleHeight - columnLead], out: [x, height] };
}

/** From the title to the first part of a column: room for an arrow and the start of the shortcut. */
const columnLead = 10;

function rowFlow(graph: LayerGraph, place: BlockPlace, parent: string, width: number): Part {
  const { inset } = sizes.regular;
  const top = titleHeight + residualLane.regular;
  const parts = partsOf(graph, place.group.id);
  const total = parts.reduce((sum, part) => sum + rowSize(part).width, 0) + (parts.length - 1) * flowGap;
  let x = (width - total) / 2;
  const nodes: SceneNode[] = [];
  for (const part of parts) {
    const size = rowSize(part);
    nodes.push(partNode(part, place, parent, { x, y: top + rowOffset(part), ...size }));
    if (part.kind === "mlp") {
      let inner = mlpInset;
      for (const node of part.layers) {
        const box = { x: inner, y: portY - layerHeight / 2, ...layerSize(node) };
        nodes.push(layerNode(node, place, nodeId("mlp", part.id), box));
        inner += box.width + flowGap;
      }
    }
    x += size.width + flowGap;
  }
  return { nodes, edges: blockEdges(nodes, place, parent, width), height: top + moduleHeight + inset };
}

function columnFlow(graph: LayerGraph, place: BlockPlace, parent: string, width: number): Part {
  const { inset } = sizes.compact;
  const lane = residualLane.compact;
  const row = { x: lane, width: width - lane - inset };
  const nodes: SceneNode[] = [];
  let y = titleHeight + columnLead;
  for (const part of partsOf(graph, place.group.id)) {
    const height = columnHeight(part);
    const isAdd = part.kind === "layer" && part.node.op.kind === "add";
    const box = isAdd
      ? { x: row.x + row.width / 2 - height / 2, y, width: height, height }
      : { ...row, y, height };
    nodes.push(partNode(part, place, parent, box));
    if (part.kind === "mlp") {
      let inner = 24;
      for (const node of part.layers) {
        const layer = { x: mlpInset, y: inner, width: row.width - 2 * mlpInset, height: columnLayerHeight };
        nodes.push(layerNode(node, place, nodeId("mlp", part.id), layer));
        inner += columnLayerHeight + flowGap;
      }
    }
    y += height + flowGap;
  }
  return { nodes, edges: blockEdges(nodes, place, parent, width), height: y };
}

/** A direct part of a block. */
type PartOfBlock =
  | { readonly kind: "mixer"; readonly id: string }
  | { readonly kind: "mlp"; readonly id: string; readonly layers: readonly LayerNode[] }
  | { readonly kind: "layer"; readonly node: LayerNode };

function partsOf(graph: LayerGraph, blockId: string): readonly PartOfBlock[] {
  return childrenOf(graph, blockId).map((child) => {
    if (child.kind === "layer") return child;
    const { id } = child.group;
    if (child.group.kind === "tokenMixer") return { kind: "mixer", id };
    const layers = childrenOf(graph, id).flatMap((inner) => (inner.kind === "layer" ? [inner.node] : []));
    return { kind: "mlp", id, layers };
  });
}

function partNode(part: PartOfBlock, place: BlockPlace, parent: string, box: Box): SceneNode {
  if (part.kind === "layer") return layerNode(part.node, place, parent, box);
  const { stage, block, density } = place;
  const { x, y, width, height } = box;
  return {
    id: nodeId(part.kind, part.id),
    type: part.kind,
    parentId: parent,
    position: { x, y },
    width,
    height,
    ariaLabel: `${part.kind === "mlp" ? "MLP" : "Token mixer"} of stage ${stage + 1}, block ${block + 1}`,
    data: { id: part.id, stage, block, density },
  };
}

function layerNode(node: LayerNode, place: BlockPlace, parent: string, box: Box): SceneNode {
  const { stage, block, density } = place;
  return {
    id: nodeId("layer", node.id),
    type: "layer",
    parentId: parent,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    ariaLabel: `${layerName(node)} of stage ${stage + 1}, block ${block + 1}`,
    data: { id: node.id, stage, block, density },
  };
}

/** Along the data from port to port of the block, and the shortcut from its input to the sum. */
function blockEdges(
  nodes: readonly SceneNode[],
  { density }: BlockPlace,
  block: string,
  width: number,
): readonly SceneEdge[] {
  const along = nodes.filter((node) => node.type === "mixer" || node.type === "layer");
  const edges: SceneEdge[] = along
    .slice(1)
    .map((node, index) => flowEdge(along[index]?.id ?? block, node.id));
  const [first] = along;
  const last = along.at(-1);
  if (!first || !last) return edges;
  edges.push(flowEdge(block, first.id, { fromInput: true }), flowEdge(last.id, block, { toOutput: true }), {
    id: `residual>${last.id}`,
    type: "residual",
    source: block,
    sourceHandle: "in",
    target: last.id,
    targetHandle: "shortcut",
    data: {
      density,
      lane:
        density === "regular"
          ? portY + residualLane.regular / 2
          : portsOf(density, width, 0).in[0] - residualLane.compact / 2,
    },
  });
  return edges;
}

function rowSize(part: PartOfBlock): Size {
  switch (part.kind) {
    case "mixer":
      return { width: 128, height: moduleHeight };
    case "mlp": {
      const layers = part.layers.reduce((sum, node) => sum + layerSize(node).width, 0);
      return { width: layers + (part.layers.length - 1) * flowGap + 2 * mlpInset, height: moduleHeight };
    }
    case "layer":
      return layerSize(part.node);
    default:
      return part satisfies never;
  }
}

function layerSize({ op }: LayerNode): Size {
  if (op.kind === "add") return { width: 30, height: 30 };
  return { width: op.kind === "linear" ? 80 : 78, height: layerHeight };
}

function rowOffset(part: PartOfBlock): number {
  return part.kind === "layer" ? portY - rowSize(part).height / 2 : 0;
}

const columnLayerHeight = 34;

function columnHeight(part: PartOfBlock): number {
  switch (part.kind) {
    case "mixer":
      return 70;
    case "mlp":
      return 24 + part.layers.length * (columnLayerHeight + flowGap) - flowGap + mlpInset;
    case "layer":
      return part.node.op.kind === "add" ? 30 : columnLayerHeight;
    default:
      return part satisfies never;
  }
}
