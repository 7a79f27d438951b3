/** @file The editor's inspector, with the times that only the app knows. */
import { Inspector } from "../../editor/inspector/Inspector.tsx";
import { useSession } from "../session/react.tsx";
import { useProfile } from "./useProfile.ts";

export function InspectorPanel() {
  const { editor } = useSession();
  return <Inspector store={editor} profile={useProfile()} />;
}
