/** @file What can be done with the board as a whole: add to it, take back. */
import { Plus, Redo2, Undo2 } from "lucide-react";
import { useStore } from "zustand";
import { IconButton } from "../../../editor/controls/IconButton.tsx";
import { labStore } from "../labStore.ts";
import { AddMenu } from "./AddMenu.tsx";
import styles from "./board.module.css";

export function BoardTools() {
  const canUndo = useStore(labStore, ({ history }) => history.past.length > 0);
  const canRedo = useStore(labStore, ({ history }) => history.future.length > 0);
  const { undo, redo } = labStore.getState();
  return (
    <div className={styles["tools"]}>
      <AddMenu icon={<Plus />} />
      <IconButton label="Undo" shortcut="Ctrl+Z" icon={<Undo2 />} disabled={!canUndo} onClick={undo} />
      <IconButton label="Redo" shortcut="Ctrl+Shift+Z" icon={<Redo2 />} disabled={!canRedo} onClick={redo} />
    </div>
  );
}
