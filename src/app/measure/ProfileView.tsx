/** @file Where the time goes: milliseconds of every node, on the canvas and the slowest ones here. */
import { useMemo } from "react";
import { Button } from "../../editor/controls/Button.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import { msByMainLayer } from "../../model/analysis/mainLayers.ts";
import { graphOf } from "../../model/graph/network.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import panel from "../panel/panel.module.css";
import { TaskProgress } from "../panel/TaskProgress.tsx";
import { useEngine, useSession } from "../session/react.tsx";
import { milliseconds, percent, textOf } from "../words/format.ts";
import styles from "./measure.module.css";

/** Nodes that are listed; the canvas has all. */
const listed = 6;

export function ProfileView() {
  const { client, editor } = useSession();
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  const profile = useEngine((state) => state.profile);
  const architecture = useEditor((state) => state.architecture);
  const isCurrent = profile !== undefined && sameNetwork(profile.architecture, architecture);
  const slowest = useMemo(() => {
    if (!profile) return [];
    const layers = [...msByMainLayer(graphOf(profile.architecture), profile.value)];
    return layers.sort(([, a], [, b]) => b - a).slice(0, listed);
  }, [profile]);
  const total = profile ? [...profile.value.msByNode.values()].reduce((sum, ms) => sum + ms, 0) : 0;
  return (
    <section className={panel["section"]} aria-label="Time by node">
      <h3 className={panel["heading"]}>Where the time goes</h3>
      {running === "profile" ? (
        <TaskProgress label="Timing every node" />
      ) : (
        <div className={styles["actions"]}>
          <Button disabled={running !== undefined || hasFailed} onClick={() => void client.tasks.profile()}>
            Time every node
          </Button>
        </div>
      )}
      {isCurrent ? (
        <>
          <ol className={styles["slowest"]} aria-label="Slowest nodes">
            {slowest.map(([id, ms]) => (
              <li key={id}>
                <button type="button" onClick={() => editor.getState().select(id)}>
                  <span className={styles["nodeName"]}>{id}</span>
                  <span data-numeric>{textOf(milliseconds(ms))}</span>
                  <span className={styles["share"]} data-numeric>
                    {textOf(percent(ms / total))}
                  </span>
                </button>
              </li>
            ))}
          </ol>
          <p className={panel["lead"]}>
            {textOf(milliseconds(total))} in all, each operation timed on its own; what was fused stands at
            the layer that multiplies. The canvas shows them all in colour.
          </p>
        </>
      ) : (
        <p className={panel["lead"]}>
          {profile
            ? "The last profile is of an earlier version."
            : "Times each operation on its own and shows it on the canvas, in colour."}
        </p>
      )}
    </section>
  );
}
