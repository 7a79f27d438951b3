/** @file The Pareto front of a sweep: which points are worth having, and that in words. */
import { networkCostOf } from "../../../editor/store/derived.ts";
import type { Architecture } from "../../../model/architecture/schema.ts";
import { paretoFront } from "../../../model/benchmark/sweep.ts";
import { pointName } from "./fields.ts";
import { metrics } from "./metrics.ts";
import { isRefused, type Point } from "./points.ts";

/** What latency is weighed against. */
export type Against = "params" | "accuracy";

export interface FrontPoint {
  readonly id: string;
  readonly name: string;
  /** Time over the unswept network's. */
  readonly cost: number;
  /** Parameters, or top-1 accuracy from 0 to 1. */
  readonly shown: number;
  readonly isOnFront: boolean;
  readonly isUnswept: boolean;
}

/** Id of the unswept network among the points. */
export const unsweptId = "unswept";

/**
 * The measured points and the unswept network, whose time is 1 by definition. Few parameters are better, as is a high
 * accuracy.
 */
export function frontOf(
  points: readonly Point[],
  unswept: { readonly architecture: Architecture; readonly accuracy: number | undefined },
  against: Against,
): readonly FrontPoint[] {
  const own = against === "params" ? networkCostOf(unswept.architecture).total.params : unswept.accuracy;
  const candidates = points.flatMap((point) => {
    const shown = isRefused(point) ? undefined : metrics[against].of(point);
    const cost = isRefused(point) ? undefined : metrics.ratio.of(point);
    return shown === undefined || cost === undefined
      ? []
      : [{ id: point.key, name: pointName(point.values), cost, shown, isUnswept: false }];
  });
  if (candidates.length > 0 && own !== undefined) {
    candidates.push({ id: unsweptId, name: "The unswept network", cost: 1, shown: own, isUnswept: true });
  }
  const front = new Set(
    paretoFront(
      candidates,
      ({ cost }) => cost,
      ({ shown }) => (against === "params" ? -shown : shown),
    ),
  );
  return candidates.map((candidate) => ({ ...candidate, isOnFront: front.has(candidate) }));
}

/** The front in words. */
export function frontSummary(points: readonly FrontPoint[], against: Against): string {
  if (points.length === 0) {
    return against === "params" ? "No point is measured yet." : "No point has a latency and an accuracy yet.";
  }
  const front = points.filter(({ isOnFront }) => isOnFront).sort((a, b) => a.cost - b.cost);
  const [fastest] = front;
  const best = front.at(-1);
  if (!fastest || !best) return "";
  const words = against === "params" ? "as few parameters" : "as accurate";
  const few =
    front.length === 1
      ? `One of ${points.length} networks beats all others: ${named(fastest, against)}.`
      : `For ${front.length} of ${points.length} networks no other is as fast and ${against === "params" ? "has " : ""}${words}, from ${named(fastest, against)} to ${named(best, against)}.`;
  const own = points.find(({ isUnswept }) => isUnswept);
  const standing = !own
    ? ""
    : own.isOnFront
      ? " The unswept network is one that no other beats."
      : " Another network is at least as good in both as the unswept one, and better in one.";
  return `${few}${standing} By medians: points whose intervals overlap may change places.`;
}

function named({ name, cost, shown }: FrontPoint, against: Against): string {
  return `${name} (${metrics.ratio.short(cost)}, ${metrics[against].text(shown)})`;
}
