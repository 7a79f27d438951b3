/** @file Which colour and shape stands for what. */
import styles from "./chart.module.css";
import { shapePaths } from "./shapes.ts";
import type { LegendEntry } from "./types.ts";

export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  if (entries.length === 0) return null;
  return (
    <ul className={styles["legend"]} aria-label="Legend">
      {entries.map(({ label, color, shape }) => (
        <li key={label}>
          {shape !== "none" && (
            <svg
              width={14}
              height={12}
              viewBox="-7 -6 14 12"
              aria-hidden
              style={{ color }}
              data-shape={shape}
            >
              <path d={shapePaths[shape]} fill="currentcolor" />
            </svg>
          )}
          {label}
        </li>
      ))}
    </ul>
  );
}
