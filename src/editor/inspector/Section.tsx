/** @file A titled part of the inspector. */
import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

export interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Beside the title. */
  readonly aside?: ReactNode;
}

export function Section({ title, children, aside }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles["section"]}>
      <div className={styles["head"]}>
        <h3 id={id} className={styles["title"]}>
          {title}
        </h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
