/** @file How far a long task is. */
import styles from "./progressBar.module.css";

export interface ProgressBarProps {
  /** Accessible name. */
  readonly label: string;
  /** 0 to 1. */
  readonly value: number;
}

export function ProgressBar({ label, value }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * value)}
      className={styles["track"]}
    >
      <span className={styles["fill"]} style={{ "--share": Math.max(0.02, value) }} />
    </div>
  );
}
