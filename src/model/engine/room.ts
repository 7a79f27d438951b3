/** @file Whether networks fit the device, told before any is built. Whatever builds one asks here. */
import { type DeviceLimits, type Need, needOf, overLimits, type Use } from "../analysis/limits.ts";
import { ArchitectureError } from "../architecture/schema.ts";
import { type AnyNetwork, graphOf } from "../graph/network.ts";
import { EngineError } from "../runtime/errors.ts";
import type { KernelChoice } from "../runtime/runnable.ts";

interface Load extends Pick<Use, "batch" | "kept"> {
  /** On the device at once, and run in turn. */
  readonly networks: readonly AnyNetwork[];
  /** Each runs in all of these ways; undefined is the fastest. */
  readonly kernels?: readonly (KernelChoice | undefined)[] | undefined;
}

/**
 * @throws EngineError `overLimits`, in words that can be shown, where a network does not fit by itself, with the field that
 * is to blame, or where they do not fit together.
 */
export function checkRoom(limits: DeviceLimits, { networks, kernels = [undefined], ...load }: Load): void {
  const ownWays = kernels.filter((choice) => choice !== "stock" && choice !== "folded").length;
  const use = { ...load, copies: ownWays, isStock: ownWays < kernels.length };
  const needs = networks.map((network): Need => {
    const graph = graphOf(network);
    const issues = overLimits(network, limits, use, graph);
    if (issues.length > 0) throw new EngineError("overLimits", new ArchitectureError(issues).message);
    return needOf(graph, use);
  });
  const sum = (name: keyof Need) => needs.reduce((bytes, need) => bytes + need[name], 0);
  if (sum("total") <= limits.totalBytes && sum("device") <= heapOf(limits)) return;
  throw new EngineError(
    "overLimits",
    "Together, these networks do not fit this backend: measure fewer at once.",
  );
}

/** What is left for others while something stands. */
export function roomBeside(limits: DeviceLimits, stands: Need | undefined): DeviceLimits {
  if (!stands) return limits;
  const { tensorBytes, totalBytes } = limits;
  return {
    tensorBytes,
    totalBytes: totalBytes - stands.total,
    ...(limits.heapBytes === undefined ? {} : { heapBytes: limits.heapBytes - stands.device }),
  };
}

function heapOf({ heapBytes = Number.POSITIVE_INFINITY }: DeviceLimits): number {
  return heapBytes;
}
