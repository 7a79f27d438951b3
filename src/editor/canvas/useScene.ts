/** @file The scene for the present state and the canvas's width. What did not change keeps its identity. */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { sceneOf } from "../graph/scene.ts";
import type { Scene } from "../graph/sceneTypes.ts";
import type { Density } from "../graph/sizes.ts";
import { graphOf } from "../store/derived.ts";
import { useEditor, useShown } from "../store/react.tsx";
import { share } from "../store/share.ts";

/** Narrower canvases get the compact drawing, in pixels. */
const narrow = 560;

export function useScene(canvas: RefObject<HTMLElement | null>): {
  readonly scene: Scene;
  readonly density: Density;
} {
  const [density, setDensity] = useState<Density>("regular");
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (width > 0) setDensity(width < narrow ? "compact" : "regular");
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [canvas]);

  const architecture = useShown();
  const views = useEditor((state) => state.views);
  const previous = useRef<Scene>(undefined);
  const scene = useMemo(
    () => share(previous.current, sceneOf(architecture, graphOf(architecture), views, density)),
    [architecture, views, density],
  );
  previous.current = scene;
  return { scene, density };
}
