/** @file What the board shows: the person's networks with the run of this device, then every run of another device. */
import { useMemo } from "react";
import { type BenchmarkRecord, keyOf } from "../../../model/benchmark/record.ts";
import { isFixed } from "../../../model/graph/network.ts";
import { baselineOf, type Variant } from "../../board/board.ts";
import { useBoard } from "../../board/react.ts";
import { accuracyOf } from "../../engine/engineStore.ts";
import { useRuns } from "../../runs/react.ts";
import { baselineIn, type Result, resultFor, resultsOf } from "../../runs/results.ts";
import { importedRecords, shownRecord } from "../../runs/runStore.ts";
import { useEngine } from "../../session/react.tsx";
import { type Row, rowOf } from "./rows.ts";

export interface Section {
  readonly id: string;
  /** Undefined where nothing was measured on this device yet. */
  readonly record: BenchmarkRecord | undefined;
  readonly results: readonly Result[];
  readonly rows: readonly Row[];
  /** One of the rows. */
  readonly baseline: Row | undefined;
}

/** The board's own networks; its rows have the variants' ids. */
export function useOwnSection(): Section {
  const variants = useBoard((state) => state.variants);
  const baseline = useBoard(baselineOf);
  const record = useRuns(shownRecord);
  const accuracies = useEngine((state) => state.accuracies);
  const weights = useEngine((state) => state.weights);
  return useMemo(() => {
    const results = record ? resultsOf(record, baseline) : [];
    const rows = variants.map((variant: Variant) =>
      rowOf({
        ...variant,
        result: resultFor(results, variant),
        accuracy: isFixed(variant.network) ? undefined : accuracyOf({ accuracies, weights }, variant.network),
      }),
    );
    return { id: "own", record, results, rows, baseline: rows.find(({ id }) => id === baseline?.id) };
  }, [variants, baseline, record, accuracies, weights]);
}

/** One for each run that was imported. */
export function useImportedSections(): readonly Section[] {
  const records = useRuns((state) => state.records);
  const importedIds = useRuns((state) => state.importedIds);
  const baseline = useBoard(baselineOf);
  return useMemo(
    () =>
      importedRecords({ records, importedIds }).map((record): Section => {
        const base = baselineIn(record, baseline);
        const results = resultsOf(record, base);
        const rows = results.map((result) => {
          const { name, network } = result.variant;
          return rowOf({ id: keyOf(result.variant), name, network, result });
        });
        const isBaseline = ({ result }: Row) => result?.variant === base;
        return { id: record.id, record, results, rows, baseline: rows.find(isBaseline) };
      }),
    [records, importedIds, baseline],
  );
}
