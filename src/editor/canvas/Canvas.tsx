/** @file The canvas that is edited: shows the scene, keeps it in view, and takes mouse and keyboard. */
import { Background, type NodeMouseHandler } from "@xyflow/react";
import { type FocusEvent, useCallback, useContext, useRef } from "react";
import type { SceneNode } from "../graph/sceneTypes.ts";
import { SlotsContext } from "../nodes/slots.ts";
import { useEditorStore } from "../store/react.tsx";
import { CanvasBar } from "./CanvasBar.tsx";
import styles from "./canvas.module.css";
import { Drawing } from "./Drawing.tsx";
import { useCamera } from "./useCamera.ts";
import { useScene } from "./useScene.ts";
import { useShortcuts } from "./useShortcuts.ts";

export function Canvas() {
  const store = useEditorStore();
  const canvas = useRef<HTMLElement>(null);
  const { scene, density } = useScene(canvas);
  const hasTimeKey = useContext(SlotsContext).times !== undefined;
  const camera = useCamera(scene, canvas, { hasTimeKey });
  useShortcuts(canvas, camera);
  const onNodeClick: NodeMouseHandler<SceneNode> = useCallback(
    (_event, node) => store.getState().select(node.data.id),
    [store],
  );
  return (
    <section ref={canvas} aria-label="Network" className={styles["canvas"]} data-density={density}>
      <Drawing
        scene={scene}
        canvas={canvas}
        keys="Enter opens or closes, Space selects, arrow keys walk through the network, Tab reaches the knobs."
        onNodeClick={onNodeClick}
        onPaneClick={() => store.getState().select(undefined)}
        onFocus={(event: FocusEvent) => camera.reveal(event.target)}
        onMoveStart={(event) => event && camera.leave()}
        panOnScroll
        minZoom={0.2}
      >
        <Background gap={24} size={1.5} color="var(--canvas-dot)" />
      </Drawing>
      <CanvasBar camera={camera} density={density} />
    </section>
  );
}
