/** @file The scene for the present state and the canvas's width. What did not change keeps its identity. */
import { type RefObject, useMemo, useRef } from "react";
import { graphOf } from "../../model/graph/network.ts";
import { sceneOf } from "../graph/scene.ts";
import type { Scene } from "../graph/sceneTypes.ts";
import { type Density, densityOf } from "../graph/sizes.ts";
import { useEditor, useShown } from "../store/react.tsx";
import { share } from "../store/share.ts";
import { useWidth } from "./useWidth.ts";

export function useScene(canvas: RefObject<HTMLElement | null>): {
  readonly scene: Scene;
  readonly density: Density;
} {
  const density = densityOf(useWidth(canvas));
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
