/** @file A run in full: every percentile, the cold start, the GPU's own time, what was thrown out, and the files. */
import { Download, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Explain } from "../../../editor/controls/Explain.tsx";
import { recordToCsv } from "../../../model/benchmark/csv.ts";
import { type BenchmarkRecord, keyOf, recordToJson } from "../../../model/benchmark/record.ts";
import { RunsChart } from "../../chart/RunsChart.tsx";
import { saveFile } from "../../controls/saveFile.ts";
import {
  dateText,
  deviceText,
  discardedText,
  environmentFacts,
  settingsText,
} from "../../runs/conditions.ts";
import { useRunStore } from "../../runs/react.ts";
import type { RecordedVariant, Result } from "../../runs/results.ts";
import { msUnits, scaleOf } from "../../words/scale.ts";
import { fileNameOf } from "./fileName.ts";
import styles from "./runDetails.module.css";

export interface RunDetailsProps {
  readonly record: BenchmarkRecord;
  readonly results: readonly Result[];
  /** As `This device`. */
  readonly title: string;
}

export function RunDetails({ record, results, title }: RunDetailsProps) {
  const store = useRunStore();
  const discarded = discardedText(record);
  const runs = useMemo(
    () =>
      results.map(({ variant, summary }) => ({
        ...summary,
        name: hasOneKind(record) ? variant.name : keyOf(variant),
        kernels: variant.kernels,
        dispatches: variant.dispatches,
        coldStart: variant.coldStart,
      })),
    [record, results],
  );
  return (
    <details className={styles["run"]}>
      <summary className={styles["summary"]}>
        <strong>{title} in full</strong>
        <span>
          {deviceText(record)}, {settingsText(record)}, {dateText(record)}
        </span>
      </summary>
      <div className={styles["body"]}>
        <TimesTable results={results} />
        {discarded && <p className={styles["discarded"]}>{discarded}</p>}
        <RunsChart results={runs} />
        <dl className={styles["facts"]}>
          {environmentFacts(record).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div className={styles["actions"]}>
          <Button
            icon={<Download />}
            onClick={() => saveFile(`${fileNameOf(record)}.json`, recordToJson(record), "application/json")}
          >
            Save as JSON
          </Button>
          <Button
            icon={<Download />}
            onClick={() => saveFile(`${fileNameOf(record)}.csv`, recordToCsv(record), "text/csv")}
          >
            Save as CSV
          </Button>
          <Explain subject="the files">
            Both hold everything that is needed to repeat the run: networks, settings, device, versions and
            every round. Opened or dropped here they stand on the board beside this device. CSV has one row a
            round, for a spreadsheet, and leaves the GPU's own times out.
          </Explain>
          <span className={styles["spacer"]} />
          <Button variant="quiet" icon={<Trash2 />} onClick={() => store.remove(record.id)}>
            Forget this run
          </Button>
        </div>
      </div>
    </details>
  );
}

function TimesTable({ results }: { readonly results: readonly Result[] }) {
  const scale = scaleOf(
    results.flatMap(({ summary: { medianMs, p99Ms } }) => [medianMs, p99Ms]),
    msUnits,
  );
  const cold = scaleOf(
    results.flatMap(({ variant: { coldStart } }) => [coldStart.buildMs, coldStart.firstMs]),
    msUnits,
  );
  const hasGpu = results.some(({ variant }) => variant.gpu);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
    <section className={styles["scroll"]} aria-label="Every time of the run" tabIndex={0}>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <td rowSpan={2} />
            <th scope="col" rowSpan={2}>
              Kernels
            </th>
            <th scope="col" rowSpan={2} data-number>
              Operations
            </th>
            <th scope="colgroup" colSpan={4} data-group>
              One forward of the batch, {scale.unit}
            </th>
            <th scope="colgroup" colSpan={2} data-group>
              Cold start, {cold.unit}
            </th>
            <th scope="col" rowSpan={2} data-number>
              GPU time
            </th>
          </tr>
          <tr>
            {["Median", "p90", "p95", "p99", "Build", "First run"].map((label) => (
              <th key={label} scope="col" data-number>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map(({ variant, summary }) => (
            <tr key={keyOf(variant)}>
              <th scope="row">{variant.name}</th>
              <td>{variant.kernels}</td>
              <td data-number>{variant.dispatches}</td>
              {[summary.medianMs, summary.p90Ms, summary.p95Ms, summary.p99Ms].map((ms, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move.
                <td key={place} data-number>
                  {scale.format(ms)}
                </td>
              ))}
              <td data-number>{cold.format(variant.coldStart.buildMs)}</td>
              <td data-number>{cold.format(variant.coldStart.firstMs)}</td>
              <td data-number>
                <GpuTime variant={variant} format={scale.format} unit={scale.unit} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!hasGpu && (
        <p className={styles["note"]}>
          GPU time needs WebGPU with timestamp queries and fused kernels; this run had none of it.
        </p>
      )}
    </section>
  );
}

interface GpuTimeProps {
  readonly variant: RecordedVariant;
  readonly format: (ms: number) => string;
  readonly unit: string;
}

function GpuTime({ variant: { gpu }, format, unit }: GpuTimeProps) {
  if (!gpu) return <span className={styles["absent"]}>not measured</span>;
  return (
    <>
      {format(gpu.medianMs)} {unit}
      {!gpu.isResolved && <span className={styles["absent"]}>below the clock’s resolution</span>}
    </>
  );
}

function hasOneKind({ variants }: BenchmarkRecord): boolean {
  return new Set(variants.map(({ kernels }) => kernels)).size < 2;
}
