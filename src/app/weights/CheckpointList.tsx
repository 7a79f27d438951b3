/** @file The checkpoints of the manifest: opening one loads its weights and the network that they were trained in. */
import { Fragment, useState } from "react";
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { sizeOf } from "../../model/weights/manifest.ts";
import { isPinned, type LibraryEntry } from "../library/library.ts";
import { isKept } from "../library/libraryStore.ts";
import panel from "../panel/panel.module.css";
import { openEntry } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { bytes, percent, textOf } from "../words/format.ts";
import { datasetName } from "../words/predictionWords.ts";
import { NotPinned } from "./NotPinned.tsx";
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
  const [isAsking, setIsAsking] = useState(false);
  const isHere = useStore(session.library, ({ files }) => isKept(entry, files));
  const isLoaded = useEngine((state) => state.weights?.id === entry.id);
  const isFetching = useEngine((state) => state.fetching?.id === entry.id);
  const size = sizeOf(entry);
  const facts = [
    datasetName(entry.dataset),
    ...(size === undefined ? [] : [`${entry.bytes === undefined ? "about " : ""}${textOf(bytes(size))}`]),
    ...(entry.accuracy ? [`${textOf(percent(entry.accuracy.top1))} top-1`] : []),
    entry.file ? "on this host" : isHere ? "kept in this browser" : "Hugging Face hub",
  ];
  const name = entry.architecture.name ?? entry.id;
  const open = () => {
    setIsAsking(false);
    void openEntry(session, entry);
  };
  const openOrAsk = async () => {
    if (!isLoaded && (await session.library.mustAsk(entry))) setIsAsking(true);
    else open();
  };
  return (
    <article className={styles["checkpoint"]} title={`${entry.source}. Licence: ${entry.licence}`}>
      <div className={styles["checkpointWords"]}>
        <strong>
          {name}
          {!isPinned(entry) && <NotPinned />}
        </strong>
        <span>
          {facts.map((fact, place) => (
            <Fragment key={fact}>
              {place > 0 && " · "}
              <span className={styles["fact"]}>{fact}</span>
            </Fragment>
          ))}
        </span>
      </div>
      {!isAsking && (
        <Button disabled={isFetching} onClick={() => void openOrAsk()}>
          {isFetching ? "Loading" : isLoaded ? "Reopen" : "Open"}
          <span className={panel["hidden"]}> {name}</span>
        </Button>
      )}
      {isAsking && (
        <fieldset className={styles["ask"]} aria-label={`Download ${name}?`}>
          <Button variant="primary" onClick={open}>
            Download {textOf(bytes(size ?? 0))}
          </Button>
          <Button variant="quiet" onClick={() => setIsAsking(false)}>
            Not now
          </Button>
        </fieldset>
      )}
    </article>
  );
}
