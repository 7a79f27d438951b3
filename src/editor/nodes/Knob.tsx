/** @file A knob on a node, with its word above it; where networks are compared, its value. */
import type { ReactNode } from "react";
import { useComparison } from "./comparison.ts";
import styles from "./knob.module.css";
import { Value } from "./Value.tsx";

export interface KnobProps {
  readonly label: string;
  /** Path of the field that it turns. */
  readonly field: string;
  /** In words. */
  readonly value: ReactNode;
  /** Its control; a field without one is shown only where networks are compared. */
  readonly children?: ReactNode;
  /** Pixels; as wide as its control where absent. */
  readonly width?: number;
  /** Takes the room that is left. */
  readonly grow?: boolean;
}

export function Knob({ label, field, value, children, width, grow = false }: KnobProps) {
  const isCompared = useComparison() !== undefined;
  if (!isCompared && children === undefined) return null;
  return (
    <div
      className={`${styles["knob"]} ${isCompared ? "" : "nodrag nopan"}`}
      data-grow={grow || undefined}
      data-value={isCompared || undefined}
      style={width === undefined ? undefined : { width }}
    >
      <span className={styles["label"]} aria-hidden={!isCompared}>
        {label}
      </span>
      {isCompared ? <Value field={field}>{value}</Value> : children}
    </div>
  );
}
