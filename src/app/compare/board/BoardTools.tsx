/** @file What can be done with the board as a whole: add to it, take back, measure. */
import { Redo2, Undo2 } from "lucide-react";
import { Explain } from "../../../editor/controls/Explain.tsx";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { useBoard, useBoardStore } from "../../board/react.ts";
import { AddMenu } from "./AddMenu.tsx";
import styles from "./board.module.css";
import { accuracy, counted, measured, ratio } from "./figures.ts";
import { MeasureBar } from "./MeasureBar.tsx";

export function BoardTools() {
  const canUndo = useBoard(({ history }) => history.past.length > 0);
  const canRedo = useBoard(({ history }) => history.future.length > 0);
  const { undo, redo } = useBoardStore();
  return (
    <div className={styles["tools"]}>
      <AddMenu />
      <IconButton label="Undo" shortcut="Ctrl+Z" icon={<Undo2 />} disabled={!canUndo} onClick={undo} />
      <IconButton label="Redo" shortcut="Ctrl+Shift+Z" icon={<Redo2 />} disabled={!canRedo} onClick={redo} />
      <Explain subject="the figures">
        <dl className={styles["methods"]}>
          {[...counted, ...measured, ratio, accuracy].map(({ label, method }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{method}</dd>
            </div>
          ))}
        </dl>
      </Explain>
      <span className={styles["spacer"]} />
      <MeasureBar />
    </div>
  );
}
