/** @file The editor's inspector, with the times that only the app knows. */
import { Inspector } from "../../editor/inspector/Inspector.tsx";
import { useProfile } from "./useProfile.ts";

export function InspectorPanel() {
  return <Inspector profile={useProfile()} />;
}
