/** @file What is swept: the network, one or two fields, how each point is measured. */
import { Plus } from "lucide-react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Explain } from "../../../editor/controls/Explain.tsx";
import { Switch } from "../../../editor/controls/Switch.tsx";
import { fewestRounds } from "../../../model/benchmark/statistics.ts";
import { NetworkSelect } from "../../board/NetworkSelect.tsx";
import { CountField } from "../../controls/CountField.tsx";
import { TaskProgress } from "../../panel/TaskProgress.tsx";
import { useEngine, useSession } from "../../session/react.tsx";
import { AxisFields } from "./AxisFields.tsx";
import { fieldsOf } from "./fields.ts";
import type { AxisDraft } from "./kept.ts";
import styles from "./sweep.module.css";
import { createSweepStore } from "./sweepStore.ts";
import { type Sweep, startSweep } from "./useSweep.ts";
import { countOf } from "./words.ts";

export function SweepSetup({ sweep }: { readonly sweep: Sweep }) {
  const store = useSession().own(createSweepStore);
  const isRunning = useEngine((state) => state.task?.kind === "sweep");
  const { architecture, axes, plan, drafts } = sweep;
  const setAxes = (next: readonly AxisDraft[]) => store.plan({ drafts: next });
  const [first, second] = drafts;
  const problem = plan.ok ? undefined : plan.problem;
  const addSecond = () => {
    if (!first) return;
    const other = fieldsOf(architecture, "*").find(({ field }) => field !== first.field);
    if (other) setAxes([first, { field: other.field, scope: "*", values: other.values }]);
  };
  return (
    <section className={styles["setup"]} aria-label="What is swept">
      <div className={styles["row"]}>
        <span className={styles["word"]}>Sweep</span>
        <NetworkSelect
          value={sweep.source}
          onChange={(source) => store.plan({ source })}
          variants={sweep.variants}
          more={sweep.swept}
          onlyEditable
          disabled={isRunning}
        />
      </div>
      {drafts.map((axis, index) => (
        <div className={styles["row"]} key={index === 0 ? "first" : "second"}>
          <AxisFields
            architecture={architecture}
            axis={axis}
            place={index === 0 ? "first" : "second"}
            problem={index === drafts.length - 1 ? problem : undefined}
            onChange={(next) => setAxes(drafts.map((one, place) => (place === index ? next : one)))}
            onRemove={index > 0 && first ? () => setAxes([first]) : undefined}
            disabled={isRunning}
          />
          {index === 0 && (
            <Explain subject="the values">
              A list, as 3, 7, 11 or 1/8, 1/4. Or a range with a step, as 3..31:2, which goes from 3 to 31 in
              steps of 2.
            </Explain>
          )}
          {!second && (
            <Button variant="quiet" icon={<Plus />} onClick={addSecond} disabled={isRunning}>
              Second field
            </Button>
          )}
        </div>
      ))}
      <div className={styles["row"]}>
        <Counts disabled={isRunning} batch={sweep.batch} runs={sweep.runs} />
        <Switch
          label="Accuracy on the test images"
          checked={sweep.hasAccuracy && sweep.testWeights !== undefined}
          disabled={isRunning || sweep.testWeights === undefined}
          onChange={(hasAccuracy) => store.plan({ hasAccuracy })}
        >
          Accuracy too
        </Switch>
        <Explain subject="how a sweep is measured">
          Each point runs in turn with the unswept network, round by round, so that drift of the machine hits
          both alike; the ratio of the two comes with its 95 % interval. Accuracy is that of the weights that
          carry over, untrained in their new place, on the bundled network's test images.
        </Explain>
      </div>
      {sweep.runs < fewestRounds && (
        <p className={styles["note"]}>
          Fewer than {fewestRounds} runs cannot show a difference at 95 %, however they fall.
        </p>
      )}
      {isRunning ? <TaskProgress label="Sweeping" /> : <Start sweep={sweep} hasPlan={axes.length > 0} />}
    </section>
  );
}

function Counts({
  batch,
  runs,
  disabled,
}: {
  readonly batch: number;
  readonly runs: number;
  readonly disabled: boolean;
}) {
  const store = useSession().own(createSweepStore);
  return (
    <>
      <span className={styles["pair"]}>
        <span aria-hidden>Batch size</span>
        <CountField
          field="batch"
          label="Batch size"
          value={batch}
          onChange={(next) => store.plan({ batch: next })}
          disabled={disabled}
        />
      </span>
      <span className={styles["pair"]}>
        <span aria-hidden>Runs a point</span>
        <CountField
          field="runs"
          label="Runs a point"
          value={runs}
          onChange={(next) => store.plan({ runs: next })}
          disabled={disabled}
        />
      </span>
    </>
  );
}

function Start({ sweep, hasPlan }: { readonly sweep: Sweep; readonly hasPlan: boolean }) {
  const session = useSession();
  const store = session.own(createSweepStore);
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  const { waiting, points, measured, isMeasuredHere } = sweep;
  const done = points.filter((point) => "result" in point).length;
  const kept = measured ? Object.keys(measured.results).length : 0;
  const label =
    done === 0
      ? `Measure ${countOf(waiting.length, "point")}`
      : `Measure the other ${countOf(waiting.length, "point")}`;
  return (
    <div className={styles["row"]}>
      {waiting.length > 0 && (
        <Button
          variant="primary"
          disabled={!hasPlan || running !== undefined || hasFailed || sweep.device === undefined}
          onClick={() => startSweep(session, sweep)}
        >
          {label}
        </Button>
      )}
      {done > 0 && (
        <span className={styles["note"]}>
          {done} of {points.length} measured.
        </span>
      )}
      {kept > 0 && (
        <Button variant="quiet" onClick={() => store.forget()}>
          Forget the {countOf(kept, "measured point")}
        </Button>
      )}
      {measured && !isMeasuredHere && kept > 0 && (
        <span className={styles["note"]}>
          {countOf(kept, "point")} of {measured.architecture.name ?? "another network"} ({measured.device},
          batch {measured.batch}, {measured.runs} runs) {kept === 1 ? "is" : "are"} kept until you measure
          these.
        </span>
      )}
    </div>
  );
}
