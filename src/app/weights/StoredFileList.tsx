/** @file What earlier downloads left in this browser: how large it is, and how to be rid of it. */
import { Trash2 } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { IconButton } from "../../editor/controls/IconButton.tsx";
import type { CachedFile } from "../../model/weights/cache.ts";
import panel from "../panel/panel.module.css";
import { useEngine, useSession } from "../session/react.tsx";
import { bytes, textOf } from "../words/format.ts";
import styles from "./weights.module.css";

export function StoredFileList() {
  const { library } = useSession();
  const files = useStore(library, (state) => state.files);
  const weights = useEngine((state) => state.weights);
  const published = useEngine((state) => state.published);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both may have left a file behind.
  useEffect(() => void library.refreshFiles(), [library, weights, published]);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <section className={panel["section"]} aria-label="Kept in this browser">
      <h3 className={panel["heading"]}>Kept in this browser</h3>
      {files.length === 0 ? (
        <p className={panel["lead"]}>
          Nothing. Downloaded checkpoints are kept here under their hash, so that they load without a network.
        </p>
      ) : (
        <>
          <ul className={styles["list"]}>
            {files.map((file) => (
              <li key={file.sha256}>
                <StoredFile file={file} />
              </li>
            ))}
          </ul>
          <p className={panel["lead"]}>{textOf(bytes(total))} in all. They load without a network.</p>
        </>
      )}
    </section>
  );
}

function StoredFile({ file }: { readonly file: CachedFile }) {
  const { library } = useSession();
  const entry = useStore(library, (state) => state.entries.find(({ id }) => id === file.id));
  const name = entry?.architecture.name ?? file.id;
  return (
    <article className={styles["checkpoint"]} title={`SHA-256 ${file.sha256}`}>
      <div className={styles["checkpointWords"]}>
        <strong>{name}</strong>
        <span>
          {textOf(bytes(file.bytes))} · {file.sha256.slice(0, 12)}
        </span>
      </div>
      <IconButton
        label={`Remove ${name} from this browser`}
        icon={<Trash2 />}
        onClick={() => void library.removeFile(file)}
        tooltipSide="left"
      />
    </article>
  );
}
