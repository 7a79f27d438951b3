/** @file The chart of every counted run. */
import { useMemo } from "react";
import type { LatencyStatistics } from "../../model/engine/api.ts";
import { Chart } from "./Chart.tsx";
import { runsPlot, runsSummary, runsTable } from "./runsChart.ts";

export function RunsChart({ results }: { readonly results: readonly LatencyStatistics[] }) {
  const draw = useMemo(() => runsPlot(results), [results]);
  const summary = useMemo(() => runsSummary(results), [results]);
  const table = useMemo(() => runsTable(results), [results]);
  return <Chart title="Every run" summary={summary} draw={draw} table={table} fileName="runs" />;
}
