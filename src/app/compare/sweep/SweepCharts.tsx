/** @file What the sweep found: any metric over its fields, or latency against what it buys. */
import { useMemo } from "react";
import { SegmentedControl } from "../../../editor/controls/SegmentedControl.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import { median } from "../../../model/benchmark/statistics.ts";
import { Chart } from "../../chart/Chart.tsx";
import type { ChartPoint, ChartTable } from "../../chart/types.ts";
import { useSession } from "../../session/react.tsx";
import type { Session } from "../../session/session.ts";
import { axisLabel, pointName } from "./fields.ts";
import { type FrontPoint, frontOf, frontSummary, unsweptId } from "./front.ts";
import { frontLegend, frontPlot } from "./frontPlot.ts";
import { heatLegend, heatPlot } from "./heatPlot.ts";
import { lineLegend, linePlot } from "./linePlot.ts";
import { type MetricId, metricIds, metrics } from "./metrics.ts";
import { isRefused } from "./points.ts";
import styles from "./sweep.module.css";
import { createSweepStore } from "./sweepStore.ts";
import type { Sweep } from "./useSweep.ts";
import { countOf, pointLabels, sweepSummary, sweepTable } from "./words.ts";

const openLabel = "Open in the editor";

export function SweepCharts({ sweep }: { readonly sweep: Sweep }) {
  const store = useSession().own(createSweepStore);
  const { metric, view, against } = sweep;
  return (
    <section className={styles["result"]} aria-label="What the sweep found">
      <div className={styles["row"]}>
        <SegmentedControl
          label="What is drawn"
          value={view}
          options={[
            { value: "field", label: "By value" },
            { value: "front", label: "Pareto front" },
          ]}
          onChange={(next) => store.look({ view: next })}
        />
        {view === "field" ? (
          <Select
            label="Metric"
            value={metric}
            options={metricIds.map((id) => ({ value: id, label: metrics[id].label }))}
            onChange={(next: MetricId) => store.look({ metric: next })}
          />
        ) : (
          <Select
            label="Latency against"
            value={against}
            options={[
              { value: "params", label: "Latency against parameters" },
              { value: "accuracy", label: "Latency against accuracy" },
            ]}
            onChange={(next) => store.look({ against: next })}
          />
        )}
      </div>
      {view === "field" ? <FieldChart sweep={sweep} /> : <FrontChart sweep={sweep} />}
      <Refused sweep={sweep} />
    </section>
  );
}

function FieldChart({ sweep }: { readonly sweep: Sweep }) {
  const session = useSession();
  const { axes, points, metric: id } = sweep;
  const metric = metrics[id];
  const unswept = useUnswept(sweep, id);
  const [across, up] = axes;
  const chart = useMemo(() => ({ points, metric, unswept }), [points, metric, unswept]);
  const draw = useMemo(() => {
    if (!across) return undefined;
    return up ? heatPlot([across, up], chart) : linePlot(across, chart);
  }, [across, up, chart]);
  const legend = useMemo(() => (up ? heatLegend(chart) : lineLegend(chart)), [up, chart]);
  const labels = useMemo(() => pointLabels(points, metric), [points, metric]);
  const table = useMemo(() => sweepTable(points, axes), [points, axes]);
  const open = useMemo(() => opener(session, sweep), [session, sweep]);
  if (!draw) return null;
  return (
    <Chart
      title={`${metric.label} by ${axes.map(({ path }) => lowerFirst(axisLabel(path))).join(" and ")}`}
      summary={sweepSummary(points, metric)}
      draw={draw}
      legend={legend}
      points={labels}
      table={table}
      onOpen={open}
      openLabel={openLabel}
      fileName={`sweep-${id}`}
    />
  );
}

function FrontChart({ sweep }: { readonly sweep: Sweep }) {
  const session = useSession();
  const { points, architecture, against } = sweep;
  const accuracy = useUnswept(sweep, "accuracy");
  const front = useMemo(
    () => frontOf(points, { architecture, accuracy }, against),
    [points, architecture, accuracy, against],
  );
  const draw = useMemo(() => frontPlot(front, metrics[against]), [front, against]);
  const legend = useMemo(() => frontLegend(metrics[against].isLessBetter), [against]);
  const labels = useMemo(() => frontLabels(front, against), [front, against]);
  const table = useMemo(() => frontTable(front, against), [front, against]);
  const open = useMemo(() => opener(session, sweep), [session, sweep]);
  const summary = frontSummary(front, against);
  if (front.length === 0) return <p className={styles["note"]}>{summary}</p>;
  return (
    <>
      <Chart
        title={`Latency against ${against === "params" ? "parameters" : "accuracy"}`}
        summary={summary}
        draw={draw}
        legend={legend}
        points={labels}
        table={table}
        onOpen={open}
        openLabel={openLabel}
        fileName={`pareto-${against}`}
      />
      <p className={styles["note"]}>{summary}</p>
    </>
  );
}

/** What the schema or the device refused, with the reasons. */
function Refused({ sweep: { points } }: { readonly sweep: Sweep }) {
  const refused = points.filter(isRefused);
  if (refused.length === 0) return null;
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return (
    <details className={styles["refused"]}>
      <summary>
        {countOf(refused.length, "point")} refused: {reasons[0]}
        {reasons.length > 1 && `, and ${countOf(reasons.length - 1, "other reason")}`}
      </summary>
      <ul>
        {refused.map(({ key, values, reason }) => (
          <li key={key}>
            {pointName(values)}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The metric of the unswept network: counted, or measured in the same rounds as its points. */
function useUnswept(
  { architecture, points, isMeasuredHere, measured }: Sweep,
  id: MetricId,
): number | undefined {
  const unsweptAccuracy = isMeasuredHere ? measured?.unsweptAccuracy : undefined;
  return useMemo(() => {
    const metric = metrics[id];
    if (metric.isCounted) return metric.of({ key: unsweptId, values: {}, architecture });
    if (id === "accuracy") return unsweptAccuracy;
    const results = points.flatMap((point) => (isRefused(point) || !point.result ? [] : [point.result]));
    const [first] = results;
    if (!first) return undefined;
    if (id === "ratio") return 1;
    const ms = median(results.map(({ unsweptMs }) => unsweptMs));
    return id === "latency" ? ms : (first.imagesPerSecond * first.medianMs) / ms;
  }, [architecture, points, id, unsweptAccuracy]);
}

/** Opens a point in the editor, as an edit of the unswept network. */
function opener({ editor, view }: Session, { points, architecture }: Sweep): (id: string) => void {
  return (id) => {
    const point = points.find(({ key }) => key === id);
    const opened =
      id === unsweptId ? architecture : point && !isRefused(point) ? point.architecture : undefined;
    if (!opened) return;
    editor.getState().applyArchitecture(opened, { baseline: architecture });
    view.showCanvas();
  };
}

function frontLabels(points: readonly FrontPoint[], against: Sweep["against"]): readonly ChartPoint[] {
  return points.map(({ id, name, cost, shown, isOnFront }) => ({
    id,
    label: `${name}\n${metrics.ratio.text(cost)}\n${metrics[against].text(shown)}${isOnFront ? "\nOn the front" : ""}`,
  }));
}

function frontTable(points: readonly FrontPoint[], against: Sweep["against"]): ChartTable {
  return {
    columns: [
      { label: "Point", isText: true },
      { label: "Time over unswept" },
      { label: metrics[against].label },
      { label: "On the front", isText: true },
    ],
    rows: points.map(({ id, name, cost, shown, isOnFront }) => ({
      id,
      cells: [name, metrics.ratio.short(cost), metrics[against].text(shown), isOnFront ? "yes" : "no"],
    })),
  };
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
