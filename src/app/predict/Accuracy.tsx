/** @file Top-1 accuracy on the labelled test images that came with the checkpoint, on demand. */
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { formatExact } from "../../editor/format.ts";
import { useEditor } from "../../editor/store/react.tsx";
import { accuracyOf } from "../engine/engineStore.ts";
import panel from "../panel/panel.module.css";
import { TaskProgress } from "../panel/TaskProgress.tsx";
import { useEngine, useSession } from "../session/react.tsx";
import { percent, textOf } from "../words/format.ts";
import styles from "./predict.module.css";

export function Accuracy() {
  const { client, library } = useSession();
  const weightsId = useEngine((state) => state.weights?.id);
  const running = useEngine((state) => state.task?.kind);
  const architecture = useEditor((state) => state.architecture);
  const measured = useEngine((state) => accuracyOf(state, architecture));
  const entries = useStore(library, (state) => state.entries);
  const entry = entries.find((candidate) => candidate.id === weightsId);
  return (
    <section className={panel["section"]} aria-label="Accuracy">
      <h3 className={panel["heading"]}>Accuracy</h3>
      {entry?.testSet ? (
        <>
          {measured && (
            <p className={styles["hint"]}>
              <span className={styles["accuracy"]} data-numeric>
                {textOf(percent(measured.top1))}
              </span>{" "}
              top-1 on {formatExact(measured.images)} labelled test images
            </p>
          )}
          {running === "accuracy" ? (
            <TaskProgress label="Measuring accuracy" />
          ) : (
            <div className={styles["row"]}>
              <Button onClick={() => void client.tasks.accuracy()} disabled={running !== undefined}>
                Measure accuracy
              </Button>
            </div>
          )}
          <p className={styles["hint"]}>
            Of the network as it stands, edited or not.
            {entry.accuracy &&
              ` The checkpoint's own: ${textOf(percent(entry.accuracy.top1))} on ${entry.accuracy.on}.`}
          </p>
        </>
      ) : (
        <p className={styles["hint"]}>
          Labelled test images come with the bundled network only.
          {entry?.accuracy &&
            ` Published for this checkpoint: ${textOf(percent(entry.accuracy.top1))} on ${entry.accuracy.on}.`}
        </p>
      )}
    </section>
  );
}
