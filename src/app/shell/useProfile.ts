/** @file The last profile, as long as it is about the network on the canvas. */
import { useShown } from "../../editor/store/react.tsx";
import type { TimedNodes } from "../../model/analysis/roofline.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { useEngine } from "../session/react.tsx";

/** Undefined where nothing was measured, or an earlier version. */
export function useProfile(): TimedNodes | undefined {
  const profile = useEngine((state) => state.profile);
  const architecture = useShown();
  return profile && sameNetwork(profile.architecture, architecture) ? profile.value : undefined;
}
