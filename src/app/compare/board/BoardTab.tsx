/** @file The board: every network that is compared, with its figures and their differences from the baseline. */
import { useEffect } from "react";
import { useEditor } from "../../../editor/store/react.tsx";
import { useBoard, useBoardStore } from "../../board/react.ts";
import { sameNetwork } from "../../network/sameNetwork.ts";
import { SideBySide } from "../diff/SideBySide.tsx";
import { RunDetails } from "../records/RunDetails.tsx";
import { BoardTable } from "./BoardTable.tsx";
import { BoardTools } from "./BoardTools.tsx";
import styles from "./board.module.css";
import { rivalOf } from "./rival.ts";
import { Sentences } from "./Sentences.tsx";
import { SmallTimes } from "./SmallTimes.tsx";
import { useBoardKeys } from "./useBoardKeys.ts";
import { type Section, useImportedSections, useOwnSection } from "./useSections.ts";

export function BoardTab() {
  useFirstFill();
  useBoardKeys();
  const own = useOwnSection();
  const imported = useImportedSections();
  const isNew = useBoard((state) => state.isNew);
  const isEmpty = own.rows.length === 0 && imported.length === 0;
  return (
    <div className={styles["board"]}>
      <h2 className={styles["hidden"]}>Board</h2>
      <BoardTools />
      {isEmpty ? (
        <p className={styles["empty"]}>
          Nothing to compare yet. Add the network that you are editing or a preset; paste a link or JSON; or
          drop a run that was measured on another device.
        </p>
      ) : (
        <>
          <BoardTable own={own} imported={imported} />
          {isNew && (
            <p className={styles["hint"]}>
              This is the network in the editor and what it is worth comparing with. Add presets, pin versions
              while you edit (P), paste links; then measure. Tick two to see them side by side. The board is
              kept on this device.
            </p>
          )}
          {own.record && <SmallTimes record={own.record} />}
          <Sentences own={own} imported={imported} />
          <Ticked />
          <Details section={own} title="The run of this device" />
          {imported.map((section) => (
            <Details key={section.id} section={section} title="A run from a file" />
          ))}
        </>
      )}
    </div>
  );
}

/** Two networks that are ticked stand beside each other. */
function Ticked() {
  const variants = useBoard((state) => state.variants);
  const tickedIds = useBoard((state) => state.tickedIds);
  const [a, b, ...others] = variants.filter(({ id }) => tickedIds.includes(id));
  return a && b && others.length === 0 ? <SideBySide a={a} b={b} /> : null;
}

function Details({
  section: { record, results },
  title,
}: {
  readonly section: Section;
  readonly title: string;
}) {
  return record && <RunDetails record={record} results={results} title={title} />;
}

/** A new board shows the present network and what it was edited from; unedited, with its other mixer. */
function useFirstFill(): void {
  const board = useBoardStore();
  const isNew = useBoard((state) => state.isNew);
  const architecture = useEditor((state) => state.architecture);
  const baseline = useEditor((state) => state.baseline);
  useEffect(() => {
    if (!isNew) return;
    const isEdited = !sameNetwork(architecture, baseline);
    const networks = isEdited ? [baseline, architecture] : [architecture, rivalOf(architecture)];
    board.fill(networks.map((network) => ({ network })));
  }, [board, isNew, architecture, baseline]);
}
