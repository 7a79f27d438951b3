/** @file The long task that is running: how far it is, what it does, and how to stop it. */
import { Button } from "../../editor/controls/Button.tsx";
import { ProgressBar } from "../controls/ProgressBar.tsx";
import { useEngine, useSession } from "../session/react.tsx";
import styles from "./taskProgress.module.css";

export function TaskProgress({ label }: { readonly label: string }) {
  const { client } = useSession();
  const task = useEngine((state) => state.task);
  if (!task) return null;
  return (
    <div className={styles["task"]}>
      <ProgressBar label={label} value={task.done} />
      <div className={styles["row"]}>
        <span className={styles["what"]}>{task.what}</span>
        <Button onClick={() => client.tasks.cancel()}>Cancel</Button>
      </div>
    </div>
  );
}
