/** @file Parameters and MACs of every preset, counted while the page is idle: all at once would hold it up. */
import { useEffect, useState } from "react";
import { networkCostOf } from "../../editor/store/derived.ts";
import type { NetworkCost } from "../../model/analysis/cost.ts";
import { presets } from "../../model/architecture/presets.ts";

const known = new Map<string, NetworkCost>();

/** By the preset's id; those that have not been counted yet are absent. */
export function usePresetCosts(): ReadonlyMap<string, NetworkCost> {
  const [costs, setCosts] = useState<ReadonlyMap<string, NetworkCost>>(known);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const countNext = () => {
      const next = presets.find(({ id }) => !known.has(id));
      if (!next) return setCosts(new Map(known));
      known.set(next.id, networkCostOf(next.architecture));
      timer = setTimeout(countNext);
    };
    timer = setTimeout(countNext);
    return () => clearTimeout(timer);
  }, []);
  return costs;
}
