/**
 * @file What the sweep holds: what is to be swept, and the points that were measured. Both survive a reload, so that a sweep
 * goes on where it stopped.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import { sameNetwork } from "../../network/sameNetwork.ts";
import { readFields } from "../../persistence/fields.ts";
import type { Key } from "../../persistence/key.ts";
import { mergeFields } from "../../persistence/merge.ts";
import type { Persistence } from "../../persistence/persistence.ts";
import { sweepFields } from "./fields.ts";
import { type AxisDraft, axisDraft, batch, type Measured, measured, runs } from "./kept.ts";
import { type MetricId, metricIds } from "./metrics.ts";

const [first] = sweepFields;
if (!first) throw new Error("There is no field to sweep.");
const firstAxis: AxisDraft = { field: first.field, scope: "*", values: first.values };

export interface SweepState {
  /** `present`, `swept` for the network of the measured points, or the id of a variant on the board. */
  readonly source: string;
  /** One or two fields, as they were typed. */
  readonly drafts: readonly AxisDraft[];
  readonly batch: number;
  readonly runs: number;
  readonly hasAccuracy: boolean;
  readonly metric: MetricId;
  readonly view: "field" | "front";
  /** What latency is weighed against on the front. */
  readonly against: "params" | "accuracy";
  readonly measured: Measured | undefined;
}

const fields = {
  source: z.string(),
  drafts: z.array(axisDraft).min(1).max(2),
  batch,
  runs,
  hasAccuracy: z.boolean(),
  metric: z.enum(metricIds),
  view: z.enum(["field", "front"]),
  against: z.enum(["params", "accuracy"]),
  measured: measured.optional(),
};

const initial: SweepState = {
  source: "present",
  drafts: [firstAxis],
  batch: 1,
  runs: 10,
  hasAccuracy: false,
  metric: "ratio",
  view: "field",
  against: "params",
  measured: undefined,
};

export const sweepKey: Key<SweepState> = {
  name: "sweep",
  version: 1,
  formerly: ["lab.sweep"],
  what: "the sweep",
  parse: (stored) => readFields<SweepState>(fields, initial, stored),
  merge: (base, mine, theirs) => ({
    ...mergeFields(base, mine, theirs),
    ...(mine.measured &&
      theirs.measured &&
      isSameSweep(mine.measured, theirs.measured) && { measured: united(mine.measured, theirs.measured) }),
  }),
};

/** Whether the points of both may be put beside each other. */
export function isSameSweep(a: Measured, b: Measured): boolean {
  return (
    sameNetwork(a.architecture, b.architecture) &&
    a.batch === b.batch &&
    a.runs === b.runs &&
    a.device === b.device &&
    a.weights === b.weights
  );
}

function united(mine: Measured, theirs: Measured): Measured {
  return {
    ...theirs,
    ...mine,
    results: { ...theirs.results, ...mine.results },
    refused: { ...theirs.refused, ...mine.refused },
  };
}

export interface SweepStore extends Omit<StoreApi<SweepState>, "setState"> {
  /** Another network, other fields, another way to measure. */
  readonly plan: (
    changes: Partial<Pick<SweepState, "source" | "drafts" | "batch" | "runs" | "hasAccuracy">>,
  ) => void;
  /** What of the points is drawn. */
  readonly look: (changes: Partial<Pick<SweepState, "metric" | "view" | "against">>) => void;
  readonly keepMeasured: (measured: Measured) => void;
  readonly forget: () => void;
}

export function createSweepStore(persistence: Persistence): SweepStore {
  const slot = persistence.slot(sweepKey);
  const { setState: set, ...store } = createStore<SweepState>()(() => slot.value);
  slot.follow(set);
  const change = (changes: Partial<SweepState>) => {
    set(changes);
    void slot.write(store.getState());
  };
  return {
    ...store,
    plan: change,
    look: change,
    keepMeasured: (next) => change({ measured: next }),
    forget: () => change({ measured: undefined, source: "present" }),
  };
}
