/** @file The checkpoints of the manifest: opening one loads its weights and the network that they were trained in. */
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { sizeOf } from "../../model/weights/manifest.ts";
import { bytes, percent, textOf } from "../format.ts";
import { datasetName } from "../predict/words.ts";
import { openEntry } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import panel from "../shell/panel.module.css";
import type { LibraryEntry } from "./library.ts";
import styles from "./weights.module.css";

export function CheckpointList() {
  const { library } = useSession();
  const entries = useStore(library, (state) => state.entries);
  return (
    <section className={panel["section"]} aria-label="Checkpoints">
      <h3 className={panel["heading"]}>Checkpoints</h3>
      {entries.length === 0 ? (
        <p className={panel["lead"]}>
          The list of checkpoints is not on this host. Files can still be chosen.
        </p>
      ) : (
        <ul className={styles["list"]}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <Checkpoint entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Checkpoint({ entry }: { readonly entry: LibraryEntry }) {
  const session = useSession();
  const isLoaded = useEngine((state) => state.weights?.id === entry.id);
  const isFetching = useEngine((state) => state.fetching?.id === entry.id);
  const size = sizeOf(entry);
  const facts = [
    datasetName(entry.dataset),
    ...(size === undefined ? [] : [`${entry.bytes === undefined ? "about " : ""}${textOf(bytes(size))}`]),
    ...(entry.accuracy ? [`${textOf(percent(entry.accuracy.top1))} top-1`] : []),
    entry.file ? "on this host" : "Hugging Face hub",
  ];
  return (
    <article className={styles["checkpoint"]} title={`${entry.source}. Licence: ${entry.licence}`}>
      <div className={styles["checkpointWords"]}>
        <strong>{entry.architecture.name ?? entry.id}</strong>
        <span>{facts.join(" · ")}</span>
      </div>
      <Button disabled={isFetching} onClick={() => void openEntry(session, entry)}>
        {isFetching ? "Loading" : isLoaded ? "Reopen" : "Open"}
        <span className={panel["hidden"]}> {entry.architecture.name ?? entry.id}</span>
      </Button>
    </article>
  );
}
