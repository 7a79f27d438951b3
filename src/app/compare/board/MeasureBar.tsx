/** @file How the board is measured, and the measurement that is running. */
import { useEffect, useState } from "react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Explain } from "../../../editor/controls/Explain.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import { type KernelWish, kernelsFor, measureBoard, wantedVariants } from "../../board/measureBoard.ts";
import { useBoard } from "../../board/react.ts";
import { CountField } from "../../controls/CountField.tsx";
import { ProgressBar } from "../../controls/ProgressBar.tsx";
import { useEngine, useSession, useSettings } from "../../session/react.tsx";
import styles from "./measureBar.module.css";
import { type Report, timeLeft, timeLeftText } from "./timeLeft.ts";

export function MeasureBar() {
  const running = useEngine((state) => state.task?.kind);
  return running === "compare" ? <Running /> : <Setup />;
}

function Setup() {
  const session = useSession();
  const { settings } = session;
  const { batch, runs } = useSettings((state) => state);
  const variants = useBoard((state) => state.variants);
  const tickedIds = useBoard((state) => state.tickedIds);
  const running = useEngine((state) => state.task?.kind);
  const backend = useEngine((state) => state.backend?.name);
  const hasFailed = useEngine((state) => state.status === "failed");
  const [wish, setWish] = useState<KernelWish>("fastest");
  const wanted = wantedVariants(variants, tickedIds);
  const kernels = kernelsFor(wish, backend);
  const isAll = wanted.length === variants.length;
  return (
    <section className={styles["bar"]} aria-label="Measure">
      <span className={styles["field"]}>
        <span aria-hidden>Batch</span>
        <CountField
          field="batch"
          label="Batch size"
          value={batch}
          onChange={(next) => settings.choose({ batch: next })}
        />
      </span>
      <span className={styles["field"]}>
        <span aria-hidden>Rounds</span>
        <CountField
          field="runs"
          label="Rounds"
          value={runs}
          onChange={(next) => settings.choose({ runs: next })}
        />
      </span>
      <span className={styles["field"]}>
        <span aria-hidden>Kernels</span>
        <Select<KernelWish>
          label="Kernels"
          value={wish}
          options={wishes.filter(({ isOnWebgpuOnly }) => !isOnWebgpuOnly || backend === "webgpu")}
          onChange={setWish}
        />
      </span>
      <Explain subject="how it is measured">
        Every round runs each network once, in turn, so that drift of the machine hits all alike. Two rounds
        of warm-up do not count; building and the very first run are reported apart. A round in which the page
        was hidden or the machine busy is thrown out and run again. Weights are drawn at random: speed does
        not depend on them.
      </Explain>
      <Button
        variant="primary"
        disabled={running !== undefined || hasFailed || wanted.length === 0}
        onClick={() => void measureBoard(session, { variants: wanted, batch, runs, kernels })}
      >
        {isAll ? "Measure all" : `Measure ${wanted.length} ticked`}
      </Button>
    </section>
  );
}

interface Wish {
  readonly value: KernelWish;
  readonly label: string;
  readonly hint: string;
  readonly isOnWebgpuOnly?: true;
}

const wishes: readonly Wish[] = [
  { value: "fastest", label: "Fastest", hint: "What predictions run with" },
  { value: "folded", label: "Folded", hint: "TensorFlow.js operations, norms folded into convolutions" },
  { value: "stock", label: "Stock", hint: "One TensorFlow.js operation a layer" },
  {
    value: "fused-f16",
    label: "16-bit storage",
    hint: "Fastest with weights and activations as 16-bit floats",
    isOnWebgpuOnly: true,
  },
  {
    value: "fused-subgroups",
    label: "Subgroups",
    hint: "Fastest with heads shared out among a subgroup, where the adapter has them",
    isOnWebgpuOnly: true,
  },
  {
    value: "all",
    label: "Every kind",
    hint: "Each network runs with each; the board shows the fastest kind",
  },
];

function Running() {
  const done = useEngine((state) => state.task?.done ?? 0);
  const what = useEngine((state) => state.task?.what);
  const { client } = useSession();
  const ms = useTimeLeft(done);
  return (
    <section className={styles["running"]} aria-label="Measure">
      <span className={styles["progress"]}>
        <ProgressBar label="Measuring" value={done} />
      </span>
      <span className={styles["what"]}>
        {what}
        <span className={styles["left"]} data-numeric>
          {timeLeftText(ms)}
        </span>
      </span>
      <Button onClick={() => client.tasks.cancel()}>Cancel</Button>
    </section>
  );
}

/** Milliseconds, from the progress so far. */
function useTimeLeft(done: number): number | undefined {
  const [reports, setReports] = useState<readonly Report[]>([]);
  useEffect(() => setReports((before) => [...before, { done, atMs: performance.now() }]), [done]);
  return timeLeft(reports);
}
