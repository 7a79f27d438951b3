/** @file The value of a field as text, marked where the network that it is compared with has another. */
import type { ReactNode } from "react";
import { isMarked, useComparison } from "./comparison.ts";
import styles from "./value.module.css";

export interface ValueProps {
  /** Its path: `stages[2].depth`. */
  readonly field: string;
  readonly children: ReactNode;
}

export function Value({ field, children }: ValueProps) {
  const comparison = useComparison();
  if (!comparison) return children;
  if (!isMarked(comparison, field)) return <span className={styles["value"]}>{children}</span>;
  return (
    <span className={styles["value"]} data-differs>
      <span className={styles["sign"]} aria-hidden="true">
        ≠
      </span>
      {children}
      <span className={styles["hidden"]}>, differs</span>
    </span>
  );
}
