/** @file What a measurement runs: the network on the canvas, and in turn with it the baseline. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { MeasureRequest } from "../../model/engine/api.ts";
import { sameNetwork } from "../network/sameNetwork.ts";

export interface Contest {
  readonly architecture: Architecture;
  readonly baseline: Architecture;
  readonly batch: number;
  readonly runs: number;
}

/** Rounds before the counted ones: the first compiles, the second fills caches. */
const warmup = 2;

/** The network alone where it is the baseline. Names tell the variants apart, so an edit of the baseline says so. */
export function measureRequestOf({ architecture, baseline, batch, runs }: Contest): MeasureRequest {
  const isBaseline = sameNetwork(architecture, baseline);
  const baselineName = baseline.name ?? "The version before";
  const name = architecture.name ?? "This version";
  const present = { name: !isBaseline && name === baselineName ? `${name}, edited` : name, architecture };
  const variants = isBaseline ? [present] : [present, { name: baselineName, architecture: baseline }];
  return { variants, batch, runs, warmup };
}
