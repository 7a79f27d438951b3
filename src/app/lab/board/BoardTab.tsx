/** @file The board: every network that is compared, with its figures and their differences from the baseline. */
import { useEffect } from "react";
import { useStore } from "zustand";
import { sameNetwork } from "../../engine/sameNetwork.ts";
import { useSession } from "../../session/react.tsx";
import { labStore } from "../labStore.ts";
import { rivalOf } from "../rival.ts";
import { BoardTable } from "./BoardTable.tsx";
import { BoardTools } from "./BoardTools.tsx";
import styles from "./board.module.css";

export function BoardTab() {
  useFirstFill();
  const hasVariants = useStore(labStore, ({ variants }) => variants.length > 0);
  return (
    <div className={styles["board"]}>
      <h2 className={styles["hidden"]}>Board</h2>
      <BoardTools />
      {hasVariants ? (
        <BoardTable />
      ) : (
        <p className={styles["empty"]}>
          Nothing to compare yet. Add the network that you are editing, a preset, or paste a link.
        </p>
      )}
    </div>
  );
}

/** A new board starts with the present network and what it was edited from; unedited, with its other mixer. */
function useFirstFill(): void {
  const { editor } = useSession();
  useEffect(() => {
    if (!labStore.getState().isNew) return;
    const { architecture, baseline } = editor.getState();
    const isEdited = !sameNetwork(architecture, baseline);
    const networks = isEdited ? [baseline, architecture] : [architecture, rivalOf(architecture)];
    labStore.getState().add(networks.map((network) => ({ network })));
  }, [editor]);
}
