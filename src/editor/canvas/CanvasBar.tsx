/** @file The bar at the canvas's foot: zoom, fold, whom the knobs turn; and the key to the colours. */
import { useStore } from "@xyflow/react";
import { useContext } from "react";
import { SegmentedControl } from "../controls/SegmentedControl.tsx";
import type { BranchKind } from "../graph/branches.ts";
import type { Density } from "../graph/sizes.ts";
import { branchesOfMixer } from "../mixers/table.ts";
import { branchColor } from "../nodes/KernelGlyph.tsx";
import { SlotsContext } from "../nodes/slots.ts";
import { useEditor } from "../store/react.tsx";
import styles from "./canvasBar.module.css";
import { TimeKey } from "./TimeKey.tsx";
import type { Camera } from "./useCamera.ts";
import { ViewTools } from "./ViewTools.tsx";

const scopes = [
  { value: "stage", label: "This stage" },
  { value: "all", label: "All stages" },
] as const;

export function CanvasBar({ camera, density }: { readonly camera: Camera; readonly density: Density }) {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100) / 100);
  const scope = useEditor((state) => state.scope);
  const setScope = useEditor((state) => state.setScope);
  const anyOpen = useEditor((state) => state.views.some((view) => view.open));
  const { times } = useContext(SlotsContext);
  const foldAll = useEditor((state) => state.foldAll);
  return (
    <div className={styles["bar"]}>
      <div className={styles["group"]}>
        <ViewTools
          zoom={zoom}
          onZoomIn={camera.zoomIn}
          onZoomOut={camera.zoomOut}
          onFit={camera.fit}
          onFold={anyOpen ? foldAll : undefined}
          hasShortcuts
        />
      </div>
      <div className={styles["group"]}>
        {density === "regular" && <span className={styles["label"]}>Knobs turn</span>}
        <SegmentedControl label="Knobs turn" value={scope} options={scopes} onChange={setScope} />
      </div>
      <div className={styles["keys"]}>
        {times && (
          <div className={styles["group"]}>
            <TimeKey totalMs={times.totalMs} />
          </div>
        )}
        {density === "regular" && <Legend />}
      </div>
    </div>
  );
}

const keys = [
  ["passing", "identity"],
  ["square", "square"],
  ["bandW", "1 × k"],
  ["bandH", "k × 1"],
  ["average", "average"],
] as const satisfies readonly (readonly [BranchKind, string])[];

/** The colours of an Inception mixer, and of what else is drawn. */
function Legend() {
  const averages = useEditor(({ architecture: { stages } }) =>
    stages.some(({ dim, tokenMixer }) =>
      branchesOfMixer(dim, tokenMixer).some(({ kind }) => kind === "average"),
    ),
  );
  const shown = keys.filter(([kind]) => kind !== "average" || averages);
  return (
    <ul className={styles["legend"]} aria-label="Colours of the branches">
      {shown.map(([kind, name]) => (
        <li key={kind}>
          <span style={{ background: branchColor[kind] }} />
          {name}
        </li>
      ))}
    </ul>
  );
}
