/** @file A knob in the inspector: its word on the left, the control on the right. */
import type { ReactNode } from "react";
import { Explain } from "../controls/Explain.tsx";
import styles from "./row.module.css";

export interface RowProps {
  readonly label: string;
  /** What it does, on asking. */
  readonly explain?: string;
  readonly children: ReactNode;
  /** The control takes a line of its own. */
  readonly wide?: boolean;
}

export function Row({ label, explain, children, wide = false }: RowProps) {
  return (
    <div className={styles["row"]} data-wide={wide || undefined}>
      <span className={styles["label"]}>
        <span aria-hidden="true">{label}</span>
        {explain && <Explain subject={label}>{explain}</Explain>}
      </span>
      <div className={styles["control"]}>{children}</div>
    </div>
  );
}
