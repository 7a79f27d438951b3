/** @file The measured milliseconds by layer, as long as they are about the network on the canvas. */
import { useMemo } from "react";
import { graphOf } from "../../editor/store/derived.ts";
import { useEditor } from "../../editor/store/react.tsx";
import { msByMainLayer } from "../../model/analysis/mainLayers.ts";
import { sameNetwork } from "../engine/sameNetwork.ts";
import { useEngine } from "../session/react.tsx";

/** What was fused stands at the layer that multiplies. Undefined where nothing was measured, or an earlier version. */
export function useMsById(): ReadonlyMap<string, number> | undefined {
  const profile = useEngine((state) => state.profile);
  const architecture = useEditor((state) => state.architecture);
  return useMemo(() => {
    if (!profile || !sameNetwork(profile.architecture, architecture)) return undefined;
    return msByMainLayer(graphOf(architecture), profile.value);
  }, [profile, architecture]);
}
