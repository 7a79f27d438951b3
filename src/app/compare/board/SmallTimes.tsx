/** @file Says where the times of a run are too small to be believed, and what to do about it. */
import { TriangleAlert } from "lucide-react";
import { Button } from "../../../editor/controls/Button.tsx";
import type { BenchmarkRecord } from "../../../model/benchmark/record.ts";
import { type SmallTime, smallTimeOf } from "../../runs/smallTimes.ts";
import { useSession, useSettings } from "../../session/react.tsx";
import { milliseconds, percent, textOf } from "../../words/format.ts";
import styles from "./smallTimes.module.css";

export function SmallTimes({ record }: { readonly record: BenchmarkRecord }) {
  const { settings } = useSession();
  const batch = useSettings((state) => state.batch);
  const small = smallTimeOf(record);
  if (!small) return null;
  const { batch: proposed } = small;
  return (
    <section className={styles["note"]} aria-label="Times that are too small">
      <TriangleAlert aria-hidden />
      <p>
        {reasonOf(small)} {adviceOf(small, record, batch)}
      </p>
      {proposed !== undefined && batch < proposed && (
        <Button onClick={() => settings.choose({ batch: proposed })}>Set the batch to {proposed}</Button>
      )}
    </section>
  );
}

function reasonOf({ name, medianMs, why: { kind, ms } }: SmallTime): string {
  const whole = textOf(milliseconds(medianMs));
  const part = textOf(milliseconds(ms));
  switch (kind) {
    case "clock":
      return `The clock of this browser moves in steps of ${part}, ${textOf(percent(ms / medianMs))} of the ${whole} that ${name} takes: smaller differences do not show.`;
    case "waiting":
      return `Of the ${whole} that ${name} takes, the GPU computes for ${part}: most is handing work over and reading the result back, whatever the network.`;
    case "scatter":
      return `${name} takes ${whole} in the middle round, but ${part} or more in one of ten: what else the machine does weighs more than the network.`;
    default:
      return kind satisfies never;
  }
}

function adviceOf({ batch: proposed }: SmallTime, { settings }: BenchmarkRecord, batch: number): string {
  if (proposed === undefined) return `${settings.batch} images a forward is as many as there can be.`;
  return batch < proposed
    ? `A batch of ${proposed} should take long enough.`
    : `The batch is set to ${batch}: measure again.`;
}
