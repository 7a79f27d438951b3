/** @file Sweep: one or two fields over ranges, every point measured in turn with the unswept network. */
import { TabFrame } from "../frame/TabFrame.tsx";
import { SweepCharts } from "./SweepCharts.tsx";
import { SweepSetup } from "./SweepSetup.tsx";
import { useSweep } from "./useSweep.ts";

export function SweepTab() {
  const sweep = useSweep();
  return (
    <TabFrame title="Sweep">
      <SweepSetup sweep={sweep} />
      {sweep.points.length > 0 && <SweepCharts sweep={sweep} />}
    </TabFrame>
  );
}
