/** @file The frame of a node, marked when it is selected or differs, and in the colour of its time. Name, focus and keys are React Flow's wrapper's (see interaction.ts). */
import type { ReactNode } from "react";
import { useEditor } from "../store/react.tsx";
import { differenceWords, useComparison } from "./comparison.ts";
import styles from "./shell.module.css";
import { heatStyle, useHeat } from "./slots.ts";

export interface ShellProps {
  /** What is selected with it: id of a group or layer. */
  readonly id: string;
  /** `card`: stands on the canvas. `inset`: lies in a card. `layer`: the smallest. `hollow`: not there. */
  readonly look: "card" | "inset" | "layer" | "hollow";
  readonly className?: string | undefined;
  /** Whether there is room for more than a border. */
  readonly hasBadge?: boolean;
  readonly children: ReactNode;
}

export function Shell({ id, look, className = "", hasBadge = true, children }: ShellProps) {
  const selected = useEditor((state) => state.selection === id);
  const difference = useComparison()?.differences.get(id);
  const heat = useHeat(id);
  return (
    <div
      data-look={look}
      data-selected={selected || undefined}
      data-difference={difference}
      data-heat={heat}
      style={heatStyle(heat)}
      className={`${styles["shell"]} ${className}`}
    >
      {children}
      {/* The wrapper's name says it too. */}
      {difference && hasBadge && (
        <span className={styles["badge"]} aria-hidden="true">
          {differenceWords[difference]}
        </span>
      )}
    </div>
  );
}
