/** @file Every counted run as a dot on one axis of milliseconds: what a median leaves out. */
import type { LatencyStatistics } from "../../model/engine/api.ts";
import { milliseconds, textOf } from "../format.ts";
import styles from "./measure.module.css";
import { ticksUpTo } from "./ticks.ts";

const width = 340;
const laneHeight = 34;
const axisHeight = 20;
const margin = 6;

/** A line of no length, which its round ends make a dot; neighbours stand a little higher or lower, so that none hides. */
function dot(x: (ms: number) => number, y: number): (ms: number, run: number) => string {
  return (ms, run) => `M${x(ms).toFixed(1)} ${(y + ((run * 3) % 5) - 2).toFixed(1)}h0`;
}

export function DotPlot({ results }: { readonly results: readonly LatencyStatistics[] }) {
  const slowest = Math.max(...results.flatMap(({ samplesMs }) => samplesMs));
  const ticks = ticksUpTo(slowest);
  const end = ticks.at(-1) ?? 1;
  const x = (ms: number) => margin + ((width - 2 * margin) * ms) / end;
  const height = results.length * laneHeight + axisHeight;
  const axis = height - axisHeight;
  const words = results.map(
    ({ name, samplesMs, medianMs }) =>
      `${name}: ${samplesMs.length} runs from ${textOf(milliseconds(Math.min(...samplesMs)))} to ${textOf(milliseconds(Math.max(...samplesMs)))}, median ${textOf(milliseconds(medianMs))}`,
  );
  return (
    <svg
      role="img"
      aria-label={`Every run. ${words.join(". ")}.`}
      className={styles["plot"]}
      viewBox={`0 0 ${width} ${height}`}
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={0} y2={axis} className={styles["grid"]} />
          <text
            x={x(tick)}
            y={height - 6}
            textAnchor={tick === 0 ? "start" : tick === end ? "end" : "middle"}
            className={styles["tick"]}
          >
            {tick === end ? `${tick} ms` : tick}
          </text>
        </g>
      ))}
      {results.map(({ name, samplesMs, medianMs }, lane) => (
        <g key={name} data-lane={lane} className={styles["lane"]}>
          <text x={margin} y={lane * laneHeight + 10} className={styles["laneName"]}>
            {name}
          </text>
          <path className={styles["dots"]} d={samplesMs.map(dot(x, lane * laneHeight + 22)).join("")} />
          <line
            x1={x(medianMs)}
            x2={x(medianMs)}
            y1={lane * laneHeight + 14}
            y2={lane * laneHeight + 30}
            className={styles["median"]}
          />
        </g>
      ))}
    </svg>
  );
}
