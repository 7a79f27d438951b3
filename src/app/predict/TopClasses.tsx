/** @file The most probable classes as bars. */
import type { ClassProbability } from "../../model/engine/api.ts";
import { percent, textOf } from "../words/format.ts";
import { shortLabel } from "../words/predictionWords.ts";
import styles from "./predict.module.css";

export interface TopClassesProps {
  readonly top: readonly ClassProbability[];
  /** They are about an earlier version of the network. */
  readonly isStale: boolean;
}

export function TopClasses({ top, isStale }: TopClassesProps) {
  return (
    <ol className={styles["classes"]} aria-label="Most probable classes" data-stale={isStale || undefined}>
      {top.map(({ index, label, probability }, place) => (
        <li key={index} className={styles["class"]} data-first={place === 0 || undefined}>
          <span className={styles["label"]} title={label}>
            {shortLabel(label)}
          </span>
          <span className={styles["probability"]} data-numeric>
            {textOf(percent(probability))}
          </span>
          <span className={styles["track"]} aria-hidden>
            <span className={styles["fill"]} style={{ "--share": probability }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
