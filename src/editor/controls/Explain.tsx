/** @file The small "i" beside a number or a knob: what it means and how it was obtained. */
import { Info } from "lucide-react";
import { memo, type ReactNode } from "react";
import styles from "./explain.module.css";
import { Popover } from "./Popover.tsx";

export interface ExplainProps {
  /** What is explained; the button is named `About <subject>`. */
  readonly subject: string;
  readonly children: ReactNode;
}

/** Memoised: the inspector has twenty, beside numbers that change with every move of a slider. */
export const Explain = memo(function Explain({ subject, children }: ExplainProps) {
  return (
    <Popover
      title={subject}
      trigger={
        <button type="button" aria-label={`About ${subject}`} className={styles["button"]}>
          <Info />
        </button>
      }
    >
      {children}
    </Popover>
  );
});
