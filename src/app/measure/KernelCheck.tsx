/** @file The check that the fast kernels compute what they should: the present network, run in every way there is. */
import { Button } from "../../editor/controls/Button.tsx";
import { Explain } from "../../editor/controls/Explain.tsx";
import { useEditor } from "../../editor/store/react.tsx";
import type { Verification } from "../../model/engine/api.ts";
import { Verdict } from "../controls/Verdict.tsx";
import { isAbout } from "../engine/engineStore.ts";
import panel from "../panel/panel.module.css";
import { TaskProgress } from "../panel/TaskProgress.tsx";
import { useEngine, useSession } from "../session/react.tsx";
import { backendNames } from "../words/backendWords.ts";
import { milliseconds, textOf } from "../words/format.ts";
import { agreement, agrees, kernelVerdict, smallNumber, wayOf } from "./kernelVerdict.ts";
import styles from "./measure.module.css";

export function KernelCheck() {
  const { client, notices } = useSession();
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  const verification = useEngine((state) => state.verification);
  const architecture = useEditor((state) => state.architecture);
  const weights = useEngine((state) => state.weights);
  const isCurrent = verification !== undefined && isAbout(verification, architecture, weights);
  const check = () => {
    notices.dismiss("verify");
    void client.tasks.verify();
  };
  return (
    <section className={panel["section"]} aria-label="Kernels">
      <h3 className={panel["heading"]}>Are the kernels right?</h3>
      <p className={panel["lead"]}>
        Runs this network with its own kernels, with stock operations and in plain JavaScript, and compares
        the logits.{" "}
        <Explain subject="the check of the kernels">
          Plain JavaScript is the reference: slow, and the same everywhere. A difference is the largest of any
          class, in standard deviations of the reference's logits. Times include compiling: they are no
          measurement.
        </Explain>
      </p>
      {running === "verify" ? (
        <TaskProgress label="Checking the kernels" />
      ) : (
        <div className={styles["actions"]}>
          <Button disabled={running !== undefined || hasFailed} onClick={check}>
            Check the kernels
          </Button>
        </div>
      )}
      {isCurrent && <Outcome verification={verification.value} />}
      {verification && !isCurrent && (
        <p className={styles["conditions"]}>The last check was of an earlier version or of other weights.</p>
      )}
    </section>
  );
}

function Outcome({ verification }: { readonly verification: Verification }) {
  const { isAgreed, text } = kernelVerdict(verification);
  const { runs, reference } = verification;
  return (
    <>
      <Verdict isGood={isAgreed}>{text}</Verdict>
      <table className={styles["checks"]} aria-label="Kernels compared">
        <thead>
          <tr>
            <td />
            <th scope="col">Difference</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={wayOf(run)} data-apart={!agrees(run) || undefined}>
              <th scope="row">{wayOf(run)}</th>
              <td>{smallNumber(run.difference)}</td>
              <td>{textOf(milliseconds(run.ms))}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{backendNames[reference.backend]}</th>
            <td>reference</td>
            <td>{textOf(milliseconds(reference.ms))}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles["conditions"]}>
        In standard deviations of the logits; up to {agreement.f32} counts as agreement, with 16-bit floats up
        to {agreement.f16}.
      </p>
    </>
  );
}
