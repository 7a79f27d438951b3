/** @file Why: where a network's time goes, and what of it the device could do better. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { Button } from "../../../editor/controls/Button.tsx";
import { useEditor } from "../../../editor/store/react.tsx";
import { reveal } from "../../../editor/store/reveal.ts";
import { rooflineOf } from "../../../model/analysis/roofline.ts";
import { graphOf } from "../../../model/graph/network.ts";
import { NetworkSelect, networkOf, presentId } from "../../board/NetworkSelect.tsx";
import { useBoard } from "../../board/react.ts";
import { Chart } from "../../chart/Chart.tsx";
import type { Explained } from "../../engine/tasks.ts";
import { TaskProgress } from "../../panel/TaskProgress.tsx";
import { useRuns } from "../../runs/react.ts";
import { shownRecord } from "../../runs/runStore.ts";
import { useEngine, useSession } from "../../session/react.tsx";
import { TabFrame } from "../frame/TabFrame.tsx";
import { Conditions } from "./Conditions.tsx";
import { operatorPlot, operatorPoints, operatorSummary, operatorTable } from "./operatorChart.ts";
import { pairTexts } from "./pairs.ts";
import { multiplying, rooflineLegend, rooflinePlot, rooflinePoints, rooflineTable } from "./rooflineChart.ts";
import styles from "./why.module.css";
import { createWhyStore, explainedOf } from "./whyStore.ts";
import { rooflineSummary, whyTexts } from "./whyWords.ts";

export function WhyTab() {
  const { client, own } = useSession();
  const why = own(createWhyStore);
  const { source, explained } = useStore(why);
  const variants = useBoard(({ variants }) => variants);
  const present = useEditor((state) => state.architecture);
  const backend = useEngine((state) => state.backend);
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  const network = networkOf(source, present, variants);
  const isPresent = network === present;
  const found = explainedOf(explained, network, backend?.adapter);
  const start = async () => {
    const next = await client.tasks.explain(isPresent ? undefined : network);
    if (next) why.keep(next);
  };
  return (
    <TabFrame title="Why">
      {running === "profile" ? (
        <TaskProgress label="Timing every node" />
      ) : (
        <div className={styles["row"]}>
          <NetworkSelect value={isPresent ? presentId : source} onChange={why.choose} variants={variants} />
          <Button
            variant={found ? "default" : "primary"}
            disabled={running !== undefined || hasFailed}
            onClick={() => void start()}
          >
            Time every node
          </Button>
        </div>
      )}
      {found ? (
        <Findings found={found} isPresent={isPresent} />
      ) : (
        <p className={styles["lead"]}>
          Times each operation on its own, and what this device can do at its best: how fast it multiplies
          matrices and how fast it moves memory. Side by side they tell what holds a layer back.
        </p>
      )}
    </TabFrame>
  );
}

function Findings({ found, isPresent }: { readonly found: Explained; readonly isPresent: boolean }) {
  const { editor, view } = useSession();
  const { network, profile, rates } = found;
  const roofline = useMemo(() => rooflineOf(graphOf(network), profile, rates), [network, profile, rates]);
  const { nodes, byOperator } = roofline;
  const bars = useMemo(
    () => ({
      draw: operatorPlot(byOperator),
      points: operatorPoints(byOperator),
      table: operatorTable(byOperator),
    }),
    [byOperator],
  );
  const roof = useMemo(
    () => ({
      draw: rooflinePlot(roofline, rates),
      points: rooflinePoints(nodes, profile.leastMs),
      table: rooflineTable(nodes, profile.leastMs),
      legend: rooflineLegend(nodes),
    }),
    [roofline, rates, nodes, profile],
  );
  const open = useMemo(
    () => (id: string) => {
      view.showCanvas("inspector");
      reveal(editor, id);
    },
    [editor, view],
  );
  const [headline, ...details] = whyTexts(roofline, rates);
  const pairs = usePairs(found);
  return (
    <>
      <section className={styles["findings"]} aria-label="What holds it back">
        <p className={styles["headline"]}>{headline}</p>
        {pairs.length > 0 && (
          <ul className={styles["pairs"]} aria-label="MACs and time">
            {pairs.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
        <ul className={styles["details"]}>
          {details.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
      <div className={styles["charts"]}>
        <Chart
          title="Time by kind of operation"
          summary={operatorSummary(byOperator)}
          {...bars}
          fileName="time-by-operation"
        />
        <Chart
          title="Roofline"
          summary={rooflineSummary(roofline, rates)}
          {...roof}
          {...(isPresent && { onOpen: open, openLabel: "Show on the canvas" })}
          fileName="roofline"
        />
        <Conditions
          found={found}
          isPresent={isPresent}
          isAboveProduct={multiplying(nodes).some((node) => node.macsPerSecond > 1.1 * rates.macsPerSecond)}
        />
      </div>
    </>
  );
}

/** Of the run that the board shows, where it is of the device that timed the operations. */
function usePairs({ network, profile: { backend } }: Explained): readonly string[] {
  const record = useRuns(shownRecord);
  return useMemo(() => {
    const isOfDevice = record?.device.backend === backend.name && record.device.adapter === backend.adapter;
    return record && isOfDevice ? pairTexts(record, network) : [];
  }, [record, backend, network]);
}
