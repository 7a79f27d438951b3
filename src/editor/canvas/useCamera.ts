/** @file Keeps the scene in view: fits it, follows what is opened, and stays put once a person has moved the view. */
import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import type { Scene } from "../graph/sceneTypes.ts";
import { useEditorStore } from "../store/react.tsx";
import { lookAt, type Rect } from "./camera.ts";
import { shiftToReveal } from "./reveal.ts";

export interface Camera {
  /** Shows the whole network. */
  readonly fit: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  /** Moves the view until the element is in sight, if the keyboard brought the focus there. */
  readonly reveal: (element: Element) => void;
  /** A person has moved the view: a new size of the canvas no longer fits it. */
  readonly leave: () => void;
}

export function useCamera(
  scene: Scene,
  canvas: RefObject<HTMLElement | null>,
  { hasTimeKey }: { readonly hasTimeKey: boolean },
): Camera {
  const flow = useReactFlow();
  const store = useEditorStore();
  const now = useRef({ scene, hasTimeKey, left: false, views: store.getState().views });
  now.current.scene = scene;
  now.current.hasTimeKey = hasTimeKey;

  const camera = useMemo(() => {
    const look = (focus: Rect | undefined, duration: number) => {
      const size = canvas.current?.getBoundingClientRect();
      if (!size || size.width === 0) return;
      void flow.setViewport(lookAt(size, now.current.scene, focus, now.current), { duration });
      now.current.left = false;
    };
    return {
      look,
      fit: () => look(undefined, slow()),
      zoomIn: () => void flow.zoomIn({ duration: slow() }),
      zoomOut: () => void flow.zoomOut({ duration: slow() }),
      leave() {
        now.current.left = true;
      },
      reveal(element: Element) {
        const by = shiftToReveal(element, canvas.current);
        if (!by) return;
        const { x, y, zoom } = flow.getViewport();
        // At once: the next Tab may come before a move has ended, and would measure where things no longer are.
        void flow.setViewport({ x: x + by.x, y: y + by.y, zoom });
      },
    };
  }, [flow, canvas]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (!now.current.left) camera.look(undefined, 0);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [camera, canvas]);

  // After drawing, so that the scene has what was just opened.
  useEffect(() => {
    const { views } = store.getState();
    const changed = views.findIndex((view, index) => view !== now.current.views[index]);
    now.current.views = views;
    if (changed === -1) return;
    const stage = scene.nodes.find((node) => node.type === "stage" && node.data.stage === changed);
    const focus = views[changed]?.open && stage ? rectOf(stage) : undefined;
    camera.look(focus, slow());
  }, [scene, store, camera]);

  // A drawing of another width: from the compact to the regular one, or back.
  useEffect(() => {
    if (scene.width > 0) camera.look(undefined, 0);
  }, [scene.width, camera]);

  return camera;
}

function rectOf({ position, width = 0, height = 0 }: Scene["nodes"][number]): Rect {
  return { x: position.x, y: position.y, width, height };
}

/** Milliseconds of a move of the view. */
function slow(): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 320;
}
