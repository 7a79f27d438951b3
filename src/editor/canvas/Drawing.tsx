/** @file React Flow with this editor's nodes and edges: opens and closes them, by mouse and by keyboard. */
import {
  type AriaLabelConfig,
  type DefaultEdgeOptions,
  type EdgeTypes,
  type NodeMouseHandler,
  type NodeTypes,
  ReactFlow,
  type ReactFlowProps,
} from "@xyflow/react";
import { type KeyboardEvent, type RefObject, useCallback, useMemo } from "react";
import type { Scene, SceneEdge, SceneNode } from "../graph/sceneTypes.ts";
import { BlocksStrip } from "../nodes/BlocksStrip.tsx";
import { HeadCard, ImageCard, PredictionsCard, StemCard } from "../nodes/cards.tsx";
import { FlowLine, ResidualLine, RibbonLine } from "../nodes/edges.tsx";
import { BlockFrame, BranchCard, BranchesFrame } from "../nodes/frames.tsx";
import { isOpen, pressKey, setOpen } from "../nodes/interaction.ts";
import { DownsampleCard, LayerCard, MixerCard, MlpFrame } from "../nodes/layers.tsx";
import { StageCard } from "../nodes/StageCard.tsx";
import { useEditorStore } from "../store/react.tsx";
import styles from "./drawing.module.css";

const nodeTypes: NodeTypes = {
  image: ImageCard,
  stem: StemCard,
  stage: StageCard,
  head: HeadCard,
  predictions: PredictionsCard,
  downsample: DownsampleCard,
  blocks: BlocksStrip,
  block: BlockFrame,
  mixer: MixerCard,
  mlp: MlpFrame,
  layer: LayerCard,
  branches: BranchesFrame,
  branch: BranchCard,
};

const edgeTypes: EdgeTypes = { flow: FlowLine, residual: ResidualLine, ribbon: RibbonLine };

/** What flows where is said by the order of the nodes; twenty "edge from … to …" would only be in the way. */
const silentEdges: DefaultEdgeOptions = { domAttributes: { "aria-hidden": true } };

/** React Flow lets the mouse through nodes whose clicks nobody wants, and so through their buttons. */
const nothing = () => undefined;

type Settings = ReactFlowProps<SceneNode, SceneEdge>;

export interface DrawingProps
  extends Pick<
    Settings,
    | "id"
    | "children"
    | "onNodeClick"
    | "onPaneClick"
    | "onFocus"
    | "onMoveStart"
    | "onViewportChange"
    | "viewport"
    | "panOnScroll"
    | "panOnDrag"
    | "preventScrolling"
    | "minZoom"
  > {
  readonly scene: Scene;
  /** What it stands in. */
  readonly canvas: RefObject<HTMLElement | null>;
  /** What the keys do on a node, read aloud with it. */
  readonly keys: string;
}

export function Drawing({ scene, canvas, keys, onNodeClick = nothing, ...settings }: DrawingProps) {
  const store = useEditorStore();
  const onNodeDoubleClick: NodeMouseHandler<SceneNode> = useCallback(
    (event, node) => {
      const open = isOpen(node, store);
      if (open !== undefined && !isControl(event.target)) setOpen(node, !open, store);
    },
    [store],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const element = event.target;
    if (!(element instanceof HTMLElement) || !element.matches(".react-flow__node")) return;
    const node = scene.nodes.find(({ id }) => id === element.dataset["id"]);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const walk = (by: 1 | -1) => {
      const all = [...(canvas.current?.querySelectorAll<HTMLElement>(".react-flow__node") ?? [])];
      all[all.indexOf(element) + by]?.focus();
    };
    if (pressKey(event.key, node, store, walk)) event.preventDefault();
  };
  const words = useMemo((): Partial<AriaLabelConfig> => ({ "node.a11yDescription.default": keys }), [keys]);
  return (
    <ReactFlow<SceneNode, SceneEdge>
      {...settings}
      className={styles["drawing"] ?? ""}
      aria-label="Drawing of the network"
      nodes={scene.nodes as SceneNode[]}
      edges={scene.edges as SceneEdge[]}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodeClick={onNodeClick}
      onNodeDoubleClick={onNodeDoubleClick}
      onKeyDown={onKeyDown}
      ariaLabelConfig={words}
      nodesDraggable={false}
      nodesConnectable={false}
      elementsSelectable={false}
      edgesFocusable={false}
      defaultEdgeOptions={silentEdges}
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={null}
      autoPanOnNodeFocus={false}
      zoomOnDoubleClick={false}
      maxZoom={2.5}
    />
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("input, button, [role=combobox]") !== null;
}
