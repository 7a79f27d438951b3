/** @file Paper: the published figures of the networks beside the person's own. */
import { useMemo, useState } from "react";
import { Button } from "../../../editor/controls/Button.tsx";
import { Select } from "../../../editor/controls/Select.tsx";
import { paperFigures, paperSetting } from "../../../model/benchmark/paperFigures.ts";
import { type BenchmarkRecord, sameDevice } from "../../../model/benchmark/record.ts";
import { measureBoard } from "../../board/measureBoard.ts";
import { Chart } from "../../chart/Chart.tsx";
import { TaskProgress } from "../../panel/TaskProgress.tsx";
import { useRuns } from "../../runs/react.ts";
import { ownRecords } from "../../runs/runStore.ts";
import { useEngine, useSession, useSettings } from "../../session/react.tsx";
import { ratioText } from "../../words/ratioText.ts";
import { TabFrame } from "../frame/TabFrame.tsx";
import { relativeLegend, relativePlot, relativeRows, relativeSummary, relativeTable } from "./chart.ts";
import { PublishedTable } from "./PublishedTable.tsx";
import styles from "./paper.module.css";
import { conditionsText, figuresOf, hereText, pairOf, publishedName, publishedText } from "./paper.ts";

export function PaperTab() {
  const records = useOwnRecords();
  return (
    <TabFrame title="Paper">
      <Pair records={records} />
      <PublishedTable records={records} />
      <p className={styles["note"]}>
        Published by the authors of InceptionNeXt in <a href={paperSetting.source}>their README</a>; top-1 on
        ImageNet-1K. Training is not measured here. A ratio depends on the device, the batch and the software,
        so yours need not be theirs.
      </p>
    </TabFrame>
  );
}

/** Runs of this device on what it ran on last, newest first. */
function useOwnRecords(): readonly BenchmarkRecord[] {
  const records = useRuns(({ records }) => records);
  const importedIds = useRuns(({ importedIds }) => importedIds);
  return useMemo(() => {
    const own = ownRecords({ records, importedIds });
    const [newest] = own;
    return newest ? own.filter((record) => sameDevice(record, newest)) : own;
  }, [records, importedIds]);
}

const options = paperFigures.map((figures) => ({ value: figures.id, label: publishedName(figures) }));

function Pair({ records }: { readonly records: readonly BenchmarkRecord[] }) {
  const session = useSession();
  const [aId, setA] = useState("inceptionnext_tiny");
  const [bId, setB] = useState("convnext_tiny");
  const running = useEngine((state) => state.task?.kind);
  const hasFailed = useEngine((state) => state.status === "failed");
  const { batch, runs } = useSettings((state) => state);
  const pair = useMemo(() => pairOf(records, aId, bId), [records, aId, bId]);
  const over = pair.b;
  const rows = useMemo(() => relativeRows(records, over), [records, over]);
  const draw = useMemo(() => relativePlot(rows), [rows]);
  const table = useMemo(() => relativeTable(rows), [rows]);
  const measure = () => {
    const variants = [pair.a, pair.b].map((figures) => ({
      id: figures.id,
      name: publishedName(figures),
      network: figures.network,
    }));
    void measureBoard(session, { variants, batch, runs, kernels: undefined });
  };
  const isMeasuring = running === "compare";
  return (
    <section className={styles["pair"]} aria-label="Two networks, published and here">
      <div className={styles["row"]}>
        <Select label="Network" value={aId} options={options} onChange={setA} disabled={isMeasuring} />
        <span>over</span>
        <Select label="Compared with" value={bId} options={options} onChange={setB} disabled={isMeasuring} />
      </div>
      {aId === bId ? (
        <p className={styles["lead"]}>Choose two different networks.</p>
      ) : (
        <div className={styles["figures"]}>
          <div className={styles["figure"]}>
            <h3 className={styles["where"]}>Published</h3>
            <p className={styles["ratio"]}>{ratioText(pair.published.inference)}×</p>
            <p className={styles["lead"]}>{publishedText(pair)}</p>
            <p className={styles["note"]}>
              {paperSetting.device}, batch of {paperSetting.batch}, {paperSetting.precision},{" "}
              {paperSetting.software}.
            </p>
          </div>
          <div className={styles["figure"]}>
            <h3 className={styles["where"]}>Here</h3>
            {pair.here && <p className={styles["ratio"]}>{ratioText(pair.here.ratio.median)}×</p>}
            <p className={styles["lead"]}>{hereText(pair)}</p>
            {pair.here && <p className={styles["note"]}>{conditionsText(pair.here)}</p>}
            {isMeasuring ? (
              <TaskProgress label="Measuring" />
            ) : (
              <div className={styles["row"]}>
                <Button
                  variant={pair.here ? "default" : "primary"}
                  onClick={measure}
                  disabled={running !== undefined || hasFailed}
                >
                  {pair.here ? "Measure the pair again" : "Measure the pair here"}
                </Button>
                <span className={styles["note"]}>
                  In turn, {runs} {runs === 1 ? "round" : "rounds"}, batch of {batch}; the settings of the
                  Measure panel.
                </span>
              </div>
            )}
          </div>
        </div>
      )}
      <Chart
        title={`Throughput relative to ${publishedName(over)}`}
        summary={relativeSummary(rows, figuresOf(bId))}
        draw={draw}
        legend={relativeLegend}
        table={table}
        fileName="published-and-measured"
      />
    </section>
  );
}
