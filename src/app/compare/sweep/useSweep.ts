/** @file The sweep as it stands: its unswept network, its points, and what can be done with it. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useEditor } from "../../../editor/store/react.tsx";
import type { Architecture } from "../../../model/architecture/schema.ts";
import type { Axis } from "../../../model/benchmark/sweep.ts";
import { isFixed, nameOf } from "../../../model/graph/network.ts";
import type { Variant } from "../../board/board.ts";
import { networkOf } from "../../board/NetworkSelect.tsx";
import { useBoard } from "../../board/react.ts";
import { sameNetwork } from "../../network/sameNetwork.ts";
import { useEngine, useSession } from "../../session/react.tsx";
import type { Session } from "../../session/session.ts";
import { backendText } from "../../words/backendWords.ts";
import type { Measured } from "./kept.ts";
import { type NetworkPoint, type Plan, type Point, planOf, pointsOf, waitingIn } from "./points.ts";
import { runSweep } from "./runSweep.ts";
import { createSweepStore, isSameSweep, type SweepState } from "./sweepStore.ts";

/** Stands for the unswept network of the points that are measured. */
const sweptId = "swept";

export interface Sweep extends SweepState {
  readonly architecture: Architecture;
  readonly plan: Plan;
  readonly axes: readonly Axis[];
  readonly points: readonly Point[];
  readonly waiting: readonly NetworkPoint[];
  /** The kept points are of this network, these settings and this device. */
  readonly isMeasuredHere: boolean;
  readonly device: string | undefined;
  /** The weights that accuracy can be measured with; undefined where there are no labelled images. */
  readonly testWeights: string | undefined;
  /** What can be chosen besides the present network. */
  readonly swept: readonly Variant[];
  readonly variants: readonly Variant[];
}

const none: readonly never[] = [];

export function useSweep(): Sweep {
  const { library, own } = useSession();
  const state = useStore(own(createSweepStore));
  const variants = useBoard(({ variants }) => variants);
  const present = useEditor((editor) => editor.architecture);
  const backend = useEngine((engine) => engine.backend);
  const weightsId = useEngine((engine) => engine.weights?.id);
  const entries = useStore(library, (known) => known.entries);
  const testWeights = entries.find(({ id, testSet }) => id === weightsId && testSet)?.id;
  const { source, drafts, batch, runs, measured, hasAccuracy } = state;
  const swept = useMemo((): readonly Variant[] => {
    if (!measured) return none;
    const network = measured.architecture;
    return [{ id: sweptId, name: `${nameOf(network)}, as swept`, network }];
  }, [measured]);
  const network = networkOf(source, present, [...swept, ...variants]);
  const architecture = isFixed(network) ? present : network;
  const device = backend && backendText(backend);
  const plan = useMemo(() => planOf(drafts), [drafts]);
  const axes = plan.ok ? plan.axes : none;
  const isMeasuredHere =
    measured !== undefined &&
    sameNetwork(measured.architecture, architecture) &&
    measured.batch === batch &&
    measured.runs === runs &&
    measured.device === device;
  const kept = isMeasuredHere ? measured : undefined;
  const points = useMemo(
    () => (axes.length > 0 ? pointsOf(architecture, axes, kept) : none),
    [architecture, axes, kept],
  );
  const waiting = useMemo(
    () => waitingIn(points, hasAccuracy && testWeights !== undefined),
    [points, hasAccuracy, testWeights],
  );
  return {
    ...state,
    architecture,
    plan,
    axes,
    points,
    waiting,
    isMeasuredHere,
    device,
    testWeights,
    swept,
    variants,
  };
}

/** Measures what is waiting; points of another network, device or setting give way to these. */
export function startSweep({ client, own }: Session, sweep: Sweep): void {
  const { architecture, batch, runs, device, waiting, testWeights } = sweep;
  if (device === undefined || waiting.length === 0) return;
  const hasAccuracy = sweep.hasAccuracy && testWeights !== undefined;
  const fresh: Measured = { architecture, batch, runs, device, results: {}, refused: {} };
  const before = sweep.isMeasuredHere ? sweep.measured : undefined;
  const isOfOtherWeights = before?.weights !== undefined && hasAccuracy && before.weights !== testWeights;
  const start = before && !isOfOtherWeights ? before : fresh;
  const store = own(createSweepStore);
  let kept: Measured = { ...start, ...(hasAccuracy && { weights: testWeights }) };
  store.plan({ source: sweptId });
  store.keepMeasured(kept);
  const keep = (change: (measured: Measured) => Partial<Measured>) => {
    const { measured } = store.getState();
    // Another tab may have added points of this sweep, or shown those of another.
    if (measured && isSameSweep(measured, kept)) kept = measured;
    kept = { ...kept, ...change(kept) };
    store.keepMeasured(kept);
  };
  const points = isOfOtherWeights ? waitingIn(pointsOf(architecture, sweep.axes, fresh), true) : waiting;
  void client.tasks.sweep((engine, tell) =>
    runSweep(
      {
        architecture,
        points,
        batch,
        runs,
        hasAccuracy,
        onUnsweptAccuracy: (unsweptAccuracy) => keep(() => ({ unsweptAccuracy })),
        onResult: (key, result) => keep(({ results }) => ({ results: { ...results, [key]: result } })),
        onRefused: (key, reason) => keep(({ refused }) => ({ refused: { ...refused, [key]: reason } })),
      },
      engine,
      tell,
    ),
  );
}
