/** @file A knob on a node, with its word above it. */
import type { ReactNode } from "react";
import styles from "./knob.module.css";

export interface KnobProps {
  readonly label: string;
  readonly children: ReactNode;
  /** Pixels; as wide as its control where absent. */
  readonly width?: number;
  /** Takes the room that is left. */
  readonly grow?: boolean;
}

export function Knob({ label, children, width, grow = false }: KnobProps) {
  return (
    <div
      className={`${styles["knob"]} nodrag nopan`}
      data-grow={grow || undefined}
      style={width === undefined ? undefined : { width }}
    >
      <span className={styles["label"]} aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
