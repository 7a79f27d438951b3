/** @file Edit one network, or compare several. */
import { Columns3, PencilRuler } from "lucide-react";
import type { ReactNode } from "react";
import { SegmentedControl } from "../../editor/controls/SegmentedControl.tsx";
import { useSession, useView } from "../session/react.tsx";
import type { ViewMode } from "../session/view.ts";
import styles from "./topBar.module.css";

const options = [
  { value: "edit", label: <Label icon={<PencilRuler aria-hidden />} text="Edit" /> },
  { value: "compare", label: <Label icon={<Columns3 aria-hidden />} text="Compare" /> },
] as const;

export function ModeSwitch() {
  const { view } = useSession();
  const mode = useView((state) => state.mode);
  return (
    <SegmentedControl<ViewMode>
      label="Mode"
      value={mode}
      options={options}
      onChange={(next) => (next === "edit" ? view.showCanvas() : view.showCompare())}
    />
  );
}

/** A narrow bar has room for the icon only. */
function Label({ icon, text }: { readonly icon: ReactNode; readonly text: string }) {
  return (
    <span className={styles["mode"]}>
      {icon}
      <span>{text}</span>
    </span>
  );
}
