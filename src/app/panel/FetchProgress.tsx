/** @file Weights on their way: which, how far, and how to stop. */
import { Button } from "../../editor/controls/Button.tsx";
import { ProgressBar } from "../controls/ProgressBar.tsx";
import { stopLoading } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { percent, textOf } from "../words/format.ts";
import styles from "./fetchProgress.module.css";

export function FetchProgress() {
  const session = useSession();
  const fetching = useEngine((state) => state.fetching);
  if (!fetching || fetching.id === "untrained") return null;
  return (
    <div className={styles["fetching"]}>
      <ProgressBar label={`Loading ${fetching.id}`} value={fetching.done} />
      <span className={styles["words"]}>
        {fetching.id}: {fetching.what}, {textOf(percent(fetching.done))}
      </span>
      <Button variant="quiet" onClick={() => stopLoading(session)}>
        Cancel
      </Button>
    </div>
  );
}
