/**
 * @file The whole drawing: image, stem, four stages, head and predictions down one line, unfolded as the views say.
 *
 * Pure and deterministic; positions are worked out here, nothing is measured on the page.
 */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { LayerGraph } from "../../model/graph/types.ts";
import { predictionsId, type StageNumber, type StageView } from "../store/store.ts";
import { findGroup } from "./modules.ts";
import { type CardNode, flowEdge, nodeId, type Scene, type SceneEdge, type SceneNode } from "./sceneTypes.ts";
import { type Box, type Density, sizes, spineGap } from "./sizes.ts";
import { stageScene } from "./stageScene.ts";

const stageNumbers: readonly StageNumber[] = [0, 1, 2, 3];

const cardLabels = { image: "Image", stem: "Stem", head: "Head", predictions: "Predictions" } as const;

export interface SceneOptions {
  /** Whether the network is followed by what it predicts. */
  readonly predictions?: boolean;
}

/** Draws the network. `views` has one entry for each stage. */
export function sceneOf(
  architecture: Architecture,
  graph: LayerGraph,
  views: readonly StageView[],
  density: Density,
  { predictions: hasPredictions = true }: SceneOptions = {},
): Scene {
  const nodes: SceneNode[] = [];
  const edges: SceneEdge[] = [];
  const { width, imageHeight, stemHeight, headHeight, predictionsHeight } = sizes[density];
  const beside = density === "regular";
  const card = (type: CardNode["type"] & string, id: string, { x, y, ...size }: Box) => {
    const ariaLabel = cardLabels[type];
    nodes.push({ id: nodeId(type, id), type, position: { x, y }, ...size, ariaLabel, data: { id, density } });
    return nodeId(type, id);
  };
  const stemId = findGroup(graph, "stem")?.id ?? "";

  const imageWidth = beside ? 340 : width;
  const image = card("image", "image", { x: 0, y: 0, width: imageWidth, height: imageHeight });
  const stemBox = beside
    ? { x: imageWidth + 2 * spineGap, y: 0, width: width - imageWidth - 2 * spineGap, height: stemHeight }
    : { x: 0, y: imageHeight + spineGap, width, height: stemHeight };
  const stem = card("stem", stemId, stemBox);
  edges.push(flowEdge(image, stem));

  // The line leaves the stem and meets the head in the middle of each, so that it is straight everywhere.
  const headWidth = beside && hasPredictions ? 276 : width;
  const portsOf = (stage: StageNumber) => ({
    in: stage === 0 ? stemBox.x + stemBox.width / 2 : width / 2,
    out: stage === 3 ? headWidth / 2 : width / 2,
  });
  let y = stemBox.y + stemBox.height + spineGap;
  let previous = stem;
  for (const stage of stageNumbers) {
    const view = views[stage] ?? { open: false, block: undefined, mixer: false };
    const part = stageScene(architecture, graph, stage, { view, density, y, ports: portsOf(stage) });
    nodes.push(...part.nodes);
    edges.push(...part.edges);
    const id = nodeId("stage", findGroup(graph, "stage", { stage })?.id ?? "");
    edges.push(flowEdge(previous, id));
    previous = id;
    y += part.height + spineGap;
  }

  const head = card("head", "head", { x: 0, y, width: headWidth, height: headHeight });
  edges.push(flowEdge(previous, head));
  if (!hasPredictions) return { nodes, edges, width, height: y + headHeight };
  const predictionsBox = beside
    ? { x: headWidth + 2 * spineGap, y, width: width - headWidth - 2 * spineGap, height: predictionsHeight }
    : { x: 0, y: y + headHeight + spineGap, width, height: predictionsHeight };
  const predictions = card("predictions", predictionsId, predictionsBox);
  edges.push(flowEdge(head, predictions));
  return { nodes, edges, width, height: predictionsBox.y + predictionsBox.height };
}
