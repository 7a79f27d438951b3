/**
 * @file Two networks beside each other, in the drawing of the editor: nothing can be edited, what differs is marked, and
 * both are unfolded and looked at as one.
 *
 * The whole of both drawings is in sight and the page scrolls over them, so that the wheel and a finger never get caught in
 * them. Zoomed in (Ctrl and wheel, pinch, or the buttons) they are dragged.
 */
import "@xyflow/react/dist/base.css";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { differences, differingFields } from "../../model/analysis/compare.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { graphOf } from "../../model/graph/network.ts";
import type { Viewport } from "../canvas/camera.ts";
import { useWidth } from "../canvas/useWidth.ts";
import { ViewTools } from "../canvas/ViewTools.tsx";
import { sceneOf } from "../graph/scene.ts";
import type { Scene } from "../graph/sceneTypes.ts";
import { densityOf } from "../graph/sizes.ts";
import { type Comparison, ComparisonContext, withDifference } from "../nodes/comparison.ts";
import { EditorProvider } from "../store/react.tsx";
import { share } from "../store/share.ts";
import { createEditorStore } from "../store/store.ts";
import { alignScenes } from "./alignScenes.ts";
import { NetworkView } from "./NetworkView.tsx";
import styles from "./networkPair.module.css";
import { bounded, wholeHeight, wholeView, zoomedAbout } from "./pairCamera.ts";
import { shareViews } from "./shareViews.ts";

export interface NamedArchitecture {
  readonly name: string;
  readonly network: Architecture;
}

export interface NetworkPairProps {
  readonly a: NamedArchitecture;
  readonly b: NamedArchitecture;
}

/** Between the two, in pixels. */
const gap = 12;
/** What one press of a button zooms by. */
const zoomStep = 1.25;

const toLookAt = (network: Architecture) => createEditorStore(network, { isEditable: false });

/** As wide as its parent, as high as the drawings. */
export function NetworkPair({ a, b }: NetworkPairProps) {
  const frame = useRef<HTMLDivElement>(null);
  const stores = useMemo(() => [toLookAt(a.network), toLookAt(b.network)] as const, [a.network, b.network]);
  useEffect(() => shareViews(...stores), [stores]);
  const comparison = useMemo(
    (): Comparison => ({
      differences: differences(graphOf(a.network), graphOf(b.network)),
      fields: differingFields(a.network, b.network).map(({ path }) => path),
    }),
    [a.network, b.network],
  );
  const views = useStore(stores[0], (state) => state.views);
  const width = Math.max(0, (useWidth(frame) - gap) / 2);
  const density = densityOf(width);
  const previous = useRef<readonly [Scene, Scene]>(undefined);
  const scenes = useMemo(() => {
    const [one, other] = [a.network, b.network].map((network) =>
      sceneOf(network, graphOf(network), views, density, { predictions: false }),
    );
    if (!one || !other) throw new Error("Two networks have two drawings.");
    const [left, right] = alignScenes(one, other);
    return share(previous.current, [named(left, comparison), named(right, comparison)] as const);
  }, [a.network, b.network, views, density, comparison]);
  previous.current = scenes;

  const [scene] = scenes;
  const pane = { width, height: wholeHeight(width, scene) };
  /** Undefined: the whole. */
  const [moved, setMoved] = useState<Viewport>();
  const whole = wholeView(width, scene);
  const viewport = moved ? bounded(pane, scene, moved) : whole;
  const look = (next: Viewport) => {
    const to = bounded(pane, scene, next);
    setMoved(to.zoom > whole.zoom ? to : undefined);
  };
  const zoomBy = (factor: number) =>
    look(zoomedAbout(viewport, factor, { x: width / 2, y: middleInSight(frame.current) }));
  const isOpen = views.some(({ open }) => open);
  const sides = [
    { ...a, side: "a", store: stores[0], scene: scenes[0] },
    { ...b, side: "b", store: stores[1], scene: scenes[1] },
  ] as const;
  return (
    <div className={styles["pair"]}>
      <div className={styles["heads"]} style={{ columnGap: gap }}>
        <h4 className={styles["name"]} title={a.name}>
          {a.name}
        </h4>
        <h4 className={styles["name"]} title={b.name}>
          {b.name}
        </h4>
        <ViewTools
          zoom={viewport.zoom}
          onZoomIn={() => zoomBy(zoomStep)}
          onZoomOut={() => zoomBy(1 / zoomStep)}
          onFit={() => setMoved(undefined)}
          onFold={isOpen ? stores[0].getState().foldAll : undefined}
        />
      </div>
      <div ref={frame} className={styles["panes"]} style={{ gap }}>
        {width > 0 &&
          sides.map(({ side, name, store, scene: drawn }) => (
            <EditorProvider key={side} store={store}>
              <ComparisonContext value={comparison}>
                <ReactFlowProvider>
                  <NetworkView
                    id={side}
                    name={name}
                    scene={drawn}
                    density={density}
                    height={pane.height}
                    viewport={viewport}
                    smallest={whole.zoom}
                    onLook={look}
                  />
                </ReactFlowProvider>
              </ComparisonContext>
            </EditorProvider>
          ))}
      </div>
    </div>
  );
}

/** The drawing with what differs in the names of its nodes. */
function named(scene: Scene, comparison: Comparison): Scene {
  const nodes = scene.nodes.map((node) =>
    node.ariaLabel === undefined
      ? node
      : { ...node, ariaLabel: withDifference(node.ariaLabel, comparison, node.data.id) },
  );
  return { ...scene, nodes };
}

/** The middle of the part of an element that is in sight, from its top in pixels. */
function middleInSight(element: Element | null): number {
  const { top = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {};
  return (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2 - top;
}
