/** @file Measures networks of the board in turn, and keeps the run. */
import { version } from "../../../package.json";
import type { MeasureRequest } from "../../model/benchmark/measurement.ts";
import { recordOf } from "../../model/benchmark/record.ts";
import type { BackendName } from "../../model/runtime/backends.ts";
import type { KernelChoice } from "../../model/runtime/runnable.ts";
import type { EngineTasks } from "../engine/tasks.ts";
import { createRunStore } from "../runs/runStore.ts";
import type { Session } from "../session/session.ts";
import type { Variant } from "./board.ts";
import { createBoardStore } from "./boardStore.ts";

/** What a person chooses among: the fastest of each network, one kind for all, or every kind. */
export type KernelWish = "fastest" | "all" | Exclude<KernelChoice, "fused">;

export interface BoardRun {
  readonly variants: readonly Variant[];
  /** Images a forward. */
  readonly batch: number;
  /** Counted rounds. */
  readonly runs: number;
  readonly kernels: readonly KernelChoice[] | undefined;
}

/** What of the session measures, and keeps the run. */
export interface Measuring extends Pick<Session, "own"> {
  readonly client: { readonly tasks: Pick<EngineTasks, "compare"> };
}

/** Rounds before the counted ones: the first compiles and uploads, the second fills caches. */
const warmup = 2;

/** What goes wrong is told as news; a run that was cancelled leaves nothing. */
export async function measureBoard(
  { client, own }: Measuring,
  { variants, batch, runs, kernels }: BoardRun,
): Promise<void> {
  const request: MeasureRequest = {
    variants: variants.map(({ name, network }) => ({ name, architecture: network })),
    batch,
    runs,
    warmup,
    ...(kernels ? { kernels } : {}),
  };
  // What is being measured must not be exchanged for something more useful meanwhile.
  own(createBoardStore).keep();
  const startedAt = new Date().toISOString();
  const measurement = await client.tasks.compare(request);
  if (!measurement) return;
  const id = `${startedAt}-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}`;
  own(createRunStore).add(recordOf(measurement, request, { id, startedAt, app: version }), "own");
}

/** The kinds of kernels that are asked for; undefined leaves the choice to the engine. */
export function kernelsFor(
  wish: KernelWish,
  backend: BackendName | undefined,
): readonly KernelChoice[] | undefined {
  switch (wish) {
    case "fastest":
      return undefined;
    case "folded":
    case "stock":
    case "fused-f16":
    case "fused-subgroups":
      return [wish];
    case "all":
      return backend === "cpu" ? ["folded", "stock"] : ["fused", "folded", "stock"];
    default:
      return wish satisfies never;
  }
}

/** The ticked variants; all where none is. */
export function wantedVariants(
  variants: readonly Variant[],
  tickedIds: readonly string[],
): readonly Variant[] {
  const ticked = variants.filter(({ id }) => tickedIds.includes(id));
  return ticked.length > 0 ? ticked : variants;
}
