/** @file Measure: how fast the network really is on this device, alone and against the baseline. */
import { Pin } from "lucide-react";
import { Button } from "../../editor/controls/Button.tsx";
import { Explain } from "../../editor/controls/Explain.tsx";
import { Switch } from "../../editor/controls/Switch.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import { CountField } from "../controls/CountField.tsx";
import { sameNetwork } from "../network/sameNetwork.ts";
import panel from "../panel/panel.module.css";
import { TaskProgress } from "../panel/TaskProgress.tsx";
import { useEngine, useSession, useSettings } from "../session/react.tsx";
import { KernelCheck } from "./KernelCheck.tsx";
import { MeasurementView } from "./MeasurementView.tsx";
import styles from "./measure.module.css";
import { ProfileView } from "./ProfileView.tsx";
import { startMeasuring } from "./startMeasuring.ts";

export function MeasurePanel() {
  return (
    <div className={panel["panel"]}>
      <Setup />
      <MeasurementView />
      <ProfileView />
      <KernelCheck />
    </div>
  );
}

function Setup() {
  const session = useSession();
  const { batch, runs, measureAfterEdits } = useSettings((state) => state);
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  return (
    <section className={panel["section"]} aria-label="Set up">
      <Baseline />
      <div className={styles["fields"]}>
        <span className={styles["field"]}>
          <span aria-hidden>Batch size</span>
          <CountField
            field="batch"
            label="Batch size"
            value={batch}
            onChange={(next) => session.settings.choose({ batch: next })}
            unit="images"
          />
        </span>
        <span className={styles["field"]}>
          <span aria-hidden>Runs</span>
          <CountField
            field="runs"
            label="Runs"
            value={runs}
            onChange={(next) => session.settings.choose({ runs: next })}
          />
        </span>
        <Explain subject="how it is measured">
          Every round runs each network once, in turn, so that drift of the machine hits all alike. Two rounds
          of warm-up do not count. A time goes from the call to the logits on the CPU. Weights are drawn at
          random: speed does not depend on them.
        </Explain>
      </div>
      {running === "measure" ? (
        <TaskProgress label="Measuring" />
      ) : (
        <div className={styles["actions"]}>
          <Button
            variant="primary"
            disabled={running !== undefined || hasFailed}
            onClick={() => startMeasuring(session)}
          >
            Measure
          </Button>
          <Switch
            label="Measure after every edit"
            checked={measureAfterEdits}
            onChange={(next) => session.settings.choose({ measureAfterEdits: next })}
          >
            After every edit
          </Switch>
        </div>
      )}
    </section>
  );
}

function Baseline() {
  const { editor } = useSession();
  const architecture = useEditor((state) => state.architecture);
  const baseline = useEditor((state) => state.baseline);
  const name = baseline.name ?? "the version before";
  if (sameNetwork(architecture, baseline)) {
    return (
      <p className={panel["lead"]}>
        <strong>{name}</strong> is the baseline itself. Turn a knob, and both run in turn.
      </p>
    );
  }
  return (
    <div className={styles["baseline"]}>
      <p className={panel["lead"]}>
        Runs in turn with <strong>{name}</strong>, the baseline.
      </p>
      <Button
        icon={<Pin />}
        onClick={() => editor.getState().applyArchitecture(architecture, { baseline: architecture })}
      >
        Pin as baseline
      </Button>
    </div>
  );
}
