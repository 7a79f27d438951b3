/** @file The last measurement: the verdict, the numbers, every run as a dot, and what it ran on. */
import { useEditor } from "../../editor/store/react.tsx";
import type { LatencyStatistics, Measurement } from "../../model/engine/api.ts";
import { RunsChart } from "../chart/RunsChart.tsx";
import { costOfAny } from "../network/costs.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import panel from "../panel/panel.module.css";
import { useEngine } from "../session/react.tsx";
import { backendText } from "../words/backendWords.ts";
import { milliseconds, perSecond, type Quantity, textOf } from "../words/format.ts";
import styles from "./measure.module.css";
import { macsVerdict, verdictWords } from "./verdict.ts";

export function MeasurementView() {
  const measurement = useEngine((state) => state.measurement);
  const architecture = useEditor((state) => state.architecture);
  if (!measurement) return null;
  const { against, value } = measurement;
  const verdict = verdictWords(value);
  const isStale = !sameNetwork(measurement.architecture, architecture);
  return (
    <section className={panel["section"]} aria-label="Measurement" data-stale={isStale || undefined}>
      {isStale && <p className={styles["stale"]}>Of an earlier version: measure again to compare.</p>}
      {verdict && (
        <div>
          <p className={styles["verdict"]}>{verdict}</p>
          {!isStale && against && (
            <p className={panel["lead"]}>
              {macsVerdict(costOfAny(architecture).total.macs, costOfAny(against).total.macs)}
            </p>
          )}
        </div>
      )}
      <Numbers measurement={value} />
      <RunsChart results={value.results} />
      <Conditions measurement={value} />
    </section>
  );
}

const rows: readonly {
  readonly label: string;
  readonly of: (result: LatencyStatistics) => Quantity;
}[] = [
  { label: "Median", of: ({ medianMs }) => milliseconds(medianMs) },
  { label: "p90", of: ({ p90Ms }) => milliseconds(p90Ms) },
  { label: "p99", of: ({ p99Ms }) => milliseconds(p99Ms) },
  { label: "Throughput", of: ({ imagesPerSecond }) => perSecond(imagesPerSecond) },
  { label: "First run", of: ({ coldStart }) => milliseconds(coldStart.buildMs + coldStart.firstMs) },
];

function Numbers({ measurement: { results } }: { readonly measurement: Measurement }) {
  return (
    <table className={styles["numbers"]} aria-label="Latency">
      <thead>
        <tr>
          <td />
          {results.map(({ name }, place) => (
            <th scope="col" key={name} title={name}>
              {place === 0 ? "This network" : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, of }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {results.map((result) => (
              <td key={result.name}>{textOf(of(result))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Conditions({ measurement: { backend, results } }: { readonly measurement: Measurement }) {
  const [first] = results;
  if (!first) return null;
  const parts = [
    backendText(backend),
    `batch of ${first.batch}`,
    `${first.runs} runs each after warm-up`,
    `${results.map(({ dispatches }) => dispatches).join(" and ")} operations a forward`,
  ];
  return (
    <p className={styles["conditions"]}>
      {parts.join(" · ")}. The first run compiles and uploads; it does not count.
    </p>
  );
}
