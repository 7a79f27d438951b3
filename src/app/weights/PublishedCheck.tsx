/** @file The published check: the official weights must give the known probabilities on this device. */
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import type { PublishedCheck as Check } from "../../model/engine/api.ts";
import { publishedCheck } from "../../model/engine/publishedCheck.ts";
import { sizeOf } from "../../model/weights/manifest.ts";
import { Verdict } from "../controls/Verdict.tsx";
import { isKept } from "../library/libraryStore.ts";
import panel from "../panel/panel.module.css";
import { TaskProgress } from "../panel/TaskProgress.tsx";
import { useEngine, useSession } from "../session/react.tsx";
import { backendText } from "../words/backendWords.ts";
import { bytes, textOf } from "../words/format.ts";
import styles from "./weights.module.css";

export function PublishedCheck() {
  const running = useEngine((state) => state.task?.kind);
  const check = useEngine((state) => state.published);
  const { imageSize, name, picture } = publishedCheck;
  return (
    <section className={panel["section"]} aria-label="Published check">
      <h3 className={panel["heading"]}>Published check</h3>
      <div className={styles["published"]}>
        <img src={new URL(picture, document.baseURI).href} alt="A tabby cat, close up" />
        <p className={panel["lead"]}>
          The official weights of {name} are known to say this of the photograph, squashed to {imageSize} ×{" "}
          {imageSize} pixels. The network on the canvas stays as it is.
        </p>
      </div>
      <Probabilities check={check} />
      {running === "published" ? <TaskProgress label="Running the published check" /> : <Ask check={check} />}
    </section>
  );
}

function Probabilities({ check }: { readonly check: Check | undefined }) {
  const { classes, tolerance } = publishedCheck;
  const isChecked = check?.kind === "checked";
  return (
    <>
      <table className={styles["probabilities"]} aria-label="Published probabilities">
        <thead>
          <tr>
            <td />
            <th scope="col">Published</th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {classes.map(({ label, expected }, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{expected.toFixed(5)}</td>
              <td>{isChecked ? (check.classes[index]?.found.toFixed(5) ?? "") : "not run"}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {isChecked && (
        <>
          <Verdict isGood={check.isVerified}>
            {check.isVerified
              ? `Verified: both agree to ${tolerance}`
              : `Not verified: they lie more than ${tolerance} apart`}
          </Verdict>
          <p className={styles["conditions"]}>
            {backendText(check.backend)} · weights from {check.origin}
          </p>
        </>
      )}
    </>
  );
}

/** The button; where the weights are missing, what it takes to get them. */
function Ask({ check }: { readonly check: Check | undefined }) {
  const { client, library, notices } = useSession();
  const isBusy = useEngine((state) => state.task !== undefined);
  const hasFailed = useEngine((state) => state.status === "failed");
  const entry = useStore(library, (state) => state.entries.find(({ id }) => id === publishedCheck.weights));
  const isHere = useStore(library, ({ files }) => entry !== undefined && isKept(entry, files));
  const isLoaded = useEngine((state) => state.weights?.id === publishedCheck.weights);
  const size = entry && sizeOf(entry);
  const isMissing = check?.kind === "missing" && !isHere && !isLoaded;
  const run = (allowLarge: boolean) => {
    notices.dismiss("published");
    void client.tasks.checkPublished({ allowLarge });
  };
  return (
    <>
      {isMissing && (
        <p role="status" className={panel["lead"]}>
          Missing: the official weights of {publishedCheck.name} are neither on this host nor kept in this
          browser. They are on the Hugging Face hub.
        </p>
      )}
      <div className={styles["row"]}>
        {isMissing ? (
          <Button disabled={isBusy || hasFailed} onClick={() => run(true)}>
            Download {size === undefined ? "them" : textOf(bytes(size))} and check
          </Button>
        ) : (
          <Button disabled={isBusy || hasFailed} onClick={() => run(false)}>
            {check ? "Run the check again" : "Run the published check"}
          </Button>
        )}
      </div>
    </>
  );
}
