/** @file Whether networks fit the device, told before any is built. */
import { costOf } from "../analysis/cost.ts";
import { type DeviceLimits, overLimits } from "../analysis/limits.ts";
import { ArchitectureError } from "../architecture/schema.ts";
import { type AnyNetwork, graphOf } from "../graph/network.ts";
import { EngineError } from "../runtime/errors.ts";

interface Load {
  /** On the device at once, and run in turn. */
  readonly networks: readonly AnyNetwork[];
  readonly batch: number;
  /** How often each is there. */
  readonly copies?: number;
}

/**
 * @throws ArchitectureError where one does not fit by itself; EngineError `overLimits` where they do not fit together, as
 * far as the device says how much it holds.
 */
export function checkRoom(limits: DeviceLimits, { networks, batch, copies = 1 }: Load): void {
  let weightBytes = 0;
  let peakBytes = 0;
  for (const network of networks) {
    const graph = graphOf(network);
    const issues = overLimits(graph, limits, batch);
    if (issues.length > 0) throw new ArchitectureError(issues);
    const { total } = costOf(graph);
    weightBytes += copies * total.weightBytes;
    peakBytes = Math.max(peakBytes, batch * total.peakActivationBytes);
  }
  if (weightBytes + peakBytes > (limits.totalBytes ?? Number.POSITIVE_INFINITY)) {
    throw new EngineError(
      "overLimits",
      "Together, these networks do not fit this backend: measure fewer at once.",
    );
  }
}
