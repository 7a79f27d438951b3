/** @file The frame of a node, marked when it is selected or differs. Name, focus and keys are React Flow's wrapper's (see interaction.ts). */
import type { ReactNode } from "react";
import { useEditor } from "../store/react.tsx";
import { differenceWords, useComparison } from "./comparison.ts";
import styles from "./shell.module.css";

export interface ShellProps {
  /** What is selected with it: id of a group or layer. */
  readonly id: string;
  /** `card`: stands on the canvas. `inset`: lies in a card. `layer`: the smallest. `hollow`: not there. */
  readonly look: "card" | "inset" | "layer" | "hollow";
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

export function Shell({ id, look, className = "", children }: ShellProps) {
  const selected = useEditor((state) => state.selection === id);
  const difference = useComparison()?.differences.get(id);
  return (
    <div
      data-look={look}
      data-selected={selected || undefined}
      data-difference={difference}
      className={`${styles["shell"]} ${className}`}
    >
      {children}
      {/* The wrapper's name says it too. */}
      {difference && (
        <span className={styles["badge"]} aria-hidden="true">
          {differenceWords[difference]}
        </span>
      )}
    </div>
  );
}
