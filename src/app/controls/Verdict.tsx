/** @file The outcome of a check in a line, with a sign beside its colour. */
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./verdict.module.css";

export interface VerdictProps {
  readonly isGood: boolean;
  readonly children: ReactNode;
}

export function Verdict({ isGood, children }: VerdictProps) {
  const Icon = isGood ? CircleCheck : CircleAlert;
  return (
    <p role="status" className={styles["verdict"]} data-good={isGood || undefined}>
      <Icon aria-hidden />
      {children}
    </p>
  );
}
