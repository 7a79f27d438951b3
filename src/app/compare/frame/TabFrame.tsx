/** @file What Why, Sweep and Paper stand in: their heading, which is only read aloud, and their width. */
import type { ReactNode } from "react";
import styles from "./tabFrame.module.css";

export function TabFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles["frame"]}>
      <h2 className={styles["title"]}>{title}</h2>
      {children}
    </div>
  );
}
