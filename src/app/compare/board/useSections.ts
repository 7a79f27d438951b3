/** @file What the board shows: the person's networks with the run of this device, then every run of another device. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { type BenchmarkRecord, keyOf } from "../../../model/benchmark/record.ts";
import { isFixed } from "../../../model/graph/network.ts";
import { baselineOf, type Variant } from "../../board/board.ts";
import { boardStore, importedRecords, shownRecord } from "../../board/boardStore.ts";
import { accuracyOf } from "../../engine/engineStore.ts";
import { baselineIn, type Result, resultFor, resultsOf } from "../../runs/results.ts";
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
  const variants = useStore(boardStore, (state) => state.variants);
  const baseline = useStore(boardStore, baselineOf);
  const record = useStore(boardStore, shownRecord);
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
  const records = useStore(boardStore, (state) => state.records);
  const importedIds = useStore(boardStore, (state) => state.importedIds);
  const baseline = useStore(boardStore, baselineOf);
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
