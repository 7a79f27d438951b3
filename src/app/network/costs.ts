/** @file What any network costs, counted once for each. */
import { networkCostOf } from "../../editor/store/derived.ts";
import { costOf, type NetworkCost } from "../../model/analysis/cost.ts";
import { type AnyNetwork, type FixedNetwork, graphOf, isFixed } from "../../model/graph/network.ts";

const fixed = new Map<FixedNetwork["fixed"], NetworkCost>();

/** The same network object gives the same cost object. */
export function costOfAny(network: AnyNetwork): NetworkCost {
  if (!isFixed(network)) return networkCostOf(network);
  const cost = fixed.get(network.fixed) ?? costOf(graphOf(network));
  fixed.set(network.fixed, cost);
  return cost;
}
