/** @file The totals below, always in sight: each with its unit, its difference from the baseline, and how it was obtained. */
import { ArrowDown, ArrowUp, RotateCcw } from "lucide-react";
import { memo, useMemo, useRef } from "react";
import { useShallow } from "zustand/react/shallow";
import { IconButton } from "../../editor/controls/IconButton.tsx";
import { Popover } from "../../editor/controls/Popover.tsx";
import { networkCostOf } from "../../editor/store/derived.ts";
import { useShown, useShownBaseline } from "../../editor/store/react.tsx";
import { share } from "../../editor/store/share.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { useEngine, useSession } from "../session/react.tsx";
import { type Findings, type Metric, metricsOf } from "./metrics.ts";
import styles from "./strip.module.css";

export function Strip() {
  const { editor } = useSession();
  const architecture = useShown();
  const baseline = useShownBaseline();
  const metrics = useMetrics(architecture, baseline);
  const isBaseline = sameNetwork(architecture, baseline);
  const baselineName = baseline.name ?? "the version before";
  return (
    <footer className={styles["strip"]}>
      <div className={styles["against"]}>
        <span className={styles["label"]}>{isBaseline ? "Unedited" : "Compared with"}</span>
        <span className={styles["baseline"]}>
          <span className={styles["baselineName"]} title={baselineName}>
            {baselineName}
          </span>
          {!isBaseline && (
            <IconButton
              label={`Go back to ${baselineName}`}
              icon={<RotateCcw />}
              tooltipSide="top"
              onClick={() => editor.getState().applyArchitecture(baseline)}
            />
          )}
        </span>
      </div>
      <ul className={styles["metrics"]}>
        {metrics.map((metric) => (
          <li key={metric.id} data-metric={metric.id}>
            <MetricButton metric={metric} baselineName={baselineName} />
          </li>
        ))}
      </ul>
    </footer>
  );
}

/** Those that stay the same keep their identity, and are not drawn again. */
function useMetrics(architecture: Architecture, baseline: Architecture): readonly Metric[] {
  const engine = useEngine(
    useShallow(
      ({ measurement, prediction, built, weights, accuracies }): Findings => ({
        measurement,
        prediction,
        built,
        weights,
        accuracies,
      }),
    ),
  );
  const previous = useRef<readonly Metric[]>(undefined);
  const metrics = useMemo(() => {
    const [cost, baselineCost] = [networkCostOf(architecture), networkCostOf(baseline)];
    return share(previous.current, metricsOf({ architecture, baseline, cost, baselineCost, engine }));
  }, [architecture, baseline, engine]);
  previous.current = metrics;
  return metrics;
}

/** The sign beside the colour: which way the number went. */
const directionIcons = { up: <ArrowUp aria-hidden />, down: <ArrowDown aria-hidden />, same: null } as const;

interface MetricButtonProps {
  readonly metric: Metric;
  readonly baselineName: string;
}

const MetricButton = memo(function MetricButton({ metric, baselineName }: MetricButtonProps) {
  const { label, value, absent, note, difference, method } = metric;
  return (
    <Popover
      title={label}
      side="top"
      trigger={
        <button type="button" className={styles["metric"]}>
          <span className={styles["label"]}>{label}</span>
          <span className={styles["value"]} data-numeric>
            {value ? (
              <>
                {value.number}
                {value.unit && <span className={styles["unit"]}>{` ${value.unit}`}</span>}
              </>
            ) : (
              <span className={styles["absent"]}>{absent}</span>
            )}
          </span>
          <span className={styles["below"]}>
            {difference ? (
              <span className={styles["difference"]} data-verdict={difference.verdict}>
                {directionIcons[difference.direction]}
                {difference.text}
              </span>
            ) : (
              value && note && <span className={styles["note"]}>{note}</span>
            )}
          </span>
        </button>
      }
    >
      {method.map((sentence) => (
        <p key={sentence} className={styles["sentence"]}>
          {sentence}
        </p>
      ))}
      {difference && (
        <p className={styles["sentence"]}>
          Against {baselineName}: {difference.text}
          {difference.verdict === "same" ? "" : `, which is ${difference.verdict}`}.
        </p>
      )}
    </Popover>
  );
});
