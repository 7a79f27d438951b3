/** @file A network as a drawing that is only looked at. */
import { type FocusEvent, useRef } from "react";
import type { Viewport } from "../canvas/camera.ts";
import { Drawing } from "../canvas/Drawing.tsx";
import { shiftToReveal } from "../canvas/reveal.ts";
import type { Scene } from "../graph/sceneTypes.ts";
import type { Density } from "../graph/sizes.ts";
import styles from "./networkPair.module.css";

export interface NetworkViewProps {
  /** Unlike that of every other drawing on the page. */
  readonly id: string;
  readonly name: string;
  readonly scene: Scene;
  readonly density: Density;
  /** Pixels. */
  readonly height: number;
  readonly viewport: Viewport;
  /** Zoom at which the whole is in sight. */
  readonly smallest: number;
  readonly onLook: (viewport: Viewport) => void;
}

export function NetworkView({
  id,
  name,
  scene,
  density,
  height,
  viewport,
  smallest,
  onLook,
}: NetworkViewProps) {
  const pane = useRef<HTMLElement>(null);
  const isWhole = viewport.zoom <= smallest;
  const reveal = ({ target }: FocusEvent) => {
    const by = isWhole ? undefined : shiftToReveal(target, pane.current);
    if (by) onLook({ ...viewport, x: viewport.x + by.x, y: viewport.y + by.y });
  };
  return (
    <section
      ref={pane}
      aria-label={name}
      className={styles["view"]}
      data-density={density}
      data-whole={isWhole || undefined}
      style={{ height }}
    >
      <Drawing
        id={id}
        scene={scene}
        canvas={pane}
        keys="Enter opens or closes in both drawings, arrow keys walk through the network."
        viewport={viewport}
        onViewportChange={onLook}
        onFocus={reveal}
        panOnDrag={!isWhole}
        preventScrolling={false}
        minZoom={smallest}
      />
    </section>
  );
}
