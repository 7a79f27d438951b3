/** @file React Flow with this editor's nodes: shows the scene, keeps it in view, and takes mouse and keyboard. */
import {
  type AriaLabelConfig,
  Background,
  type DefaultEdgeOptions,
  type EdgeTypes,
  type NodeMouseHandler,
  type NodeTypes,
  ReactFlow,
} from "@xyflow/react";
import { type FocusEvent, type KeyboardEvent, useCallback, useRef } from "react";
import type { SceneEdge, SceneNode } from "../graph/sceneTypes.ts";
import { BlocksStrip } from "../nodes/BlocksStrip.tsx";
import { HeadCard, ImageCard, PredictionsCard, StemCard } from "../nodes/cards.tsx";
import { FlowLine, ResidualLine, RibbonLine } from "../nodes/edges.tsx";
import { BlockFrame, BranchCard, BranchesFrame } from "../nodes/frames.tsx";
import { isOpen, pressKey, setOpen } from "../nodes/interaction.ts";
import { DownsampleCard, LayerCard, MixerCard, MlpFrame } from "../nodes/layers.tsx";
import { StageCard } from "../nodes/StageCard.tsx";
import { useEditorStore } from "../store/react.tsx";
import { CanvasBar } from "./CanvasBar.tsx";
import styles from "./canvas.module.css";
import { useCamera } from "./useCamera.ts";
import { useScene } from "./useScene.ts";
import { useShortcuts } from "./useShortcuts.ts";

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

const words: Partial<AriaLabelConfig> = {
  "node.a11yDescription.default":
    "Enter opens or closes, Space selects, arrow keys walk through the network, Tab reaches the knobs.",
};

/** What flows where is said by the order of the nodes; twenty "edge from … to …" would only be in the way. */
const silentEdges: DefaultEdgeOptions = { domAttributes: { "aria-hidden": true } };

export function Canvas() {
  const store = useEditorStore();
  const canvas = useRef<HTMLElement>(null);
  const { scene, density } = useScene(canvas);
  const camera = useCamera(scene, canvas);
  useShortcuts(canvas, camera);

  const onNodeClick: NodeMouseHandler<SceneNode> = useCallback(
    (_event, node) => store.getState().select(node.data.id),
    [store],
  );
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

  return (
    <section ref={canvas} aria-label="Network" className={styles["canvas"]} data-density={density}>
      <ReactFlow<SceneNode, SceneEdge>
        aria-label="Drawing of the network"
        nodes={scene.nodes as SceneNode[]}
        edges={scene.edges as SceneEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodeClick={onNodeClick}
        onNodeDoubleClick={onNodeDoubleClick}
        onPaneClick={() => store.getState().select(undefined)}
        onKeyDown={onKeyDown}
        onFocus={(event: FocusEvent) => camera.reveal(event.target)}
        onMoveStart={(event) => event && camera.leave()}
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
        panOnScroll
        minZoom={0.2}
        maxZoom={2.5}
      >
        <Background gap={24} size={1.5} color="var(--canvas-dot)" />
      </ReactFlow>
      <CanvasBar camera={camera} density={density} />
    </section>
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("input, button, [role=combobox]") !== null;
}
