/** @file Weights: which checkpoint is loaded, what of it survived the edits, and which others there are. */
import { FileUp } from "lucide-react";
import { useRef } from "react";
import { useStore } from "zustand";
import { Button } from "../../editor/controls/Button.tsx";
import { formatExact } from "../../editor/format.ts";
import { builtWithPresent } from "../engine/engineStore.ts";
import { FetchProgress } from "../panel/FetchProgress.tsx";
import panel from "../panel/panel.module.css";
import { openWeightsFile } from "../session/actions.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { bytes, percent, textOf } from "../words/format.ts";
import { datasetName } from "../words/predictionWords.ts";
import { CheckpointList } from "./CheckpointList.tsx";
import { FateTable } from "./FateTable.tsx";
import { KeyLists } from "./KeyLists.tsx";
import { NotPinned } from "./NotPinned.tsx";
import { PublishedCheck } from "./PublishedCheck.tsx";
import { StoredFileList } from "./StoredFileList.tsx";
import styles from "./weights.module.css";

export function WeightsPanel() {
  const { client } = useSession();
  const weights = useEngine((state) => state.weights);
  const isFetching = useEngine((state) => state.fetching !== undefined);
  return (
    <div className={panel["panel"]}>
      <section className={panel["section"]} aria-label="Loaded weights">
        <h3 className={panel["heading"]}>Loaded now</h3>
        <Loaded />
        <Refused />
        {isFetching && <FetchProgress />}
        <div className={styles["row"]}>
          <ChooseCheckpoint />
          {weights?.kind !== "untrained" && (
            <Button onClick={() => void client.loadWeights({ kind: "untrained" }).catch(() => undefined)}>
              Start untrained
            </Button>
          )}
        </div>
        <p className={panel["lead"]}>
          A <code>.safetensors</code> or PyTorch file can also be dropped anywhere on the page.
        </p>
      </section>
      <FateTable />
      <CheckpointList />
      <StoredFileList />
      <PublishedCheck />
    </div>
  );
}

function Loaded() {
  const weights = useEngine((state) => state.weights);
  const provenance = useEngine((state) => builtWithPresent(state)?.provenance);
  const extra = weights?.extra ?? [];
  if (!weights || weights.kind === "untrained") {
    return (
      <p className={panel["lead"]}>
        None: the network starts as training would. Its speed is real, its answers mean nothing.
      </p>
    );
  }
  return (
    <>
      <dl className={styles["facts"]}>
        <dt>Checkpoint</dt>
        <dd>{weights.id}</dd>
        <dt>Trained on</dt>
        <dd>{weights.dataset ? datasetName(weights.dataset) : "not known"}</dd>
        <dt>From</dt>
        <dd>
          {weights.origin}, {textOf(bytes(weights.bytes))}
        </dd>
        <dt>Checked</dt>
        <dd>{weights.verified ? "against its known SHA-256" : <NotPinned />}</dd>
        <dt>Carried over</dt>
        <dd data-numeric>{provenance ? textOf(percent(provenance.carried)) : "not built yet"}</dd>
      </dl>
      <KeyLists missing={[]} extra={extra} misshaped={[]} />
    </>
  );
}

/** The file that was given last, where its tensors did not fit. */
function Refused() {
  const { library } = useSession();
  const refused = useStore(library, (state) => state.refused);
  if (!refused) return null;
  const { name, keys } = refused;
  return (
    <div className={styles["refused"]}>
      <p className={panel["lead"]}>
        <strong>{name}</strong> was not loaded. {formatExact(keys.matched)} of its tensors have their place in
        the network that it is of; these have not:
      </p>
      <KeyLists {...keys} />
    </div>
  );
}

function ChooseCheckpoint() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<FileUp />} onClick={() => input.current?.click()}>
        Choose a checkpoint
      </Button>
      <input
        ref={input}
        type="file"
        accept=".safetensors,.pth,.pt,.bin"
        hidden
        aria-label="Checkpoint file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void openWeightsFile(session, file);
        }}
      />
    </>
  );
}
