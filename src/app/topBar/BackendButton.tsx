/** @file What runs the network, in words; on asking why, and the choice. */
import { LoaderCircle } from "lucide-react";
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { Popover } from "../../editor/controls/Popover.tsx";
import { Select } from "../../editor/controls/Select.tsx";
import type { BackendChoice } from "../../model/runtime/backends.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { backendNames, backendOptions, statusWords } from "../words/backendWords.ts";
import { bytes, milliseconds, textOf } from "../words/format.ts";
import styles from "./topBar.module.css";

export function BackendButton() {
  const backend = useEngine((state) => state.backend);
  const status = useEngine((state) => state.status);
  const isBusy = status !== "idle" && status !== "failed";
  return (
    <Popover
      title="What runs the network"
      trigger={
        <button type="button" className={styles["backend"]} data-status={status}>
          <span className={styles["hidden"]}>Backend: </span>
          {isBusy ? (
            <LoaderCircle className={styles["spinner"]} aria-hidden />
          ) : (
            <span className={styles["dot"]} aria-hidden />
          )}
          {backend && (
            <>
              <span className={styles["backendName"]}>{backendNames[backend.name]}</span>{" "}
              <span className={styles["adapter"]}>{backend.adapter}</span>
            </>
          )}
          <span className={backend ? styles["hidden"] : undefined}>{statusWords[status]}</span>
        </button>
      }
    >
      <BackendDetails />
    </Popover>
  );
}

function BackendDetails() {
  const { client, settings } = useSession();
  const { backend, built, choice, failure, status } = useStore(useSession().engine);
  const choose = (next: BackendChoice) => {
    settings.choose({ backend: next });
    client.setBackend(next);
  };
  const report = built?.value;
  return (
    <div className={styles["details"]}>
      <p>{failure?.message ?? backend?.reason ?? "The engine is starting in a worker of its own."}</p>
      {status === "failed" && <Button onClick={() => client.retry()}>Try again</Button>}
      <dl className={styles["facts"]}>
        <dt>Adapter</dt>
        <dd>{backend?.adapter ?? "not known yet"}</dd>
        {report && (
          <>
            <dt>Last build</dt>
            <dd>{textOf(milliseconds(report.buildMs))}</dd>
            <dt>Weights uploaded</dt>
            <dd>
              {report.uploaded} tensors, {report.reused} kept
            </dd>
            <dt>Held by the engine</dt>
            <dd>
              {report.tensors} tensors, {textOf(bytes(report.bytes))}
            </dd>
          </>
        )}
      </dl>
      <div className={styles["choice"]}>
        <span aria-hidden>Run on</span>
        <Select label="Backend" value={choice} options={backendOptions} onChange={choose} />
      </div>
    </div>
  );
}
