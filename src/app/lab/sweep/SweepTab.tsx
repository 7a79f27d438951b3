/** @file Sweep: one or two fields over ranges, every point measured in turn with the unswept network. */
import { SweepCharts } from "./SweepCharts.tsx";
import { SweepSetup } from "./SweepSetup.tsx";
import styles from "./sweep.module.css";
import { useSweep } from "./useSweep.ts";

export function SweepTab() {
  const sweep = useSweep();
  return (
    <div className={styles["tab"]}>
      <h2 className={styles["hidden"]}>Sweep</h2>
      <SweepSetup sweep={sweep} />
      {sweep.points.length > 0 && <SweepCharts sweep={sweep} />}
    </div>
  );
}
