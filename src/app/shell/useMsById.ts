/** @file The measured milliseconds of every node, as long as they are about the network on the canvas. */
import { useMemo } from "react";
import { useEditor } from "../../editor/store/react.tsx";
import { sameNetwork } from "../engine/sameNetwork.ts";
import { useEngine } from "../session/react.tsx";

/** Undefined where nothing was measured, or an earlier version. */
export function useMsById(): ReadonlyMap<string, number> | undefined {
  const profile = useEngine((state) => state.profile);
  const architecture = useEditor((state) => state.architecture);
  return useMemo(
    () => (profile && sameNetwork(profile.architecture, architecture) ? profile.value.msByNode : undefined),
    [profile, architecture],
  );
}
