/** @file What the nodes are told where a network is compared with another: what of it differs, and that it is not edited. */
import { createContext, useContext } from "react";
import type { Difference } from "../../model/analysis/compare.ts";

export interface Comparison {
  /** By id of layer or group. */
  readonly differences: ReadonlyMap<string, Difference>;
  /** Paths of the fields whose values differ. */
  readonly fields: readonly string[];
}

/** Undefined where a network stands alone and is edited. */
export const ComparisonContext = createContext<Comparison | undefined>(undefined);

export function useComparison(): Comparison | undefined {
  return useContext(ComparisonContext);
}

export const differenceWords = {
  differs: "differs",
  onlyHere: "only here",
} as const satisfies Record<Difference, string>;

/** The name of what draws a layer or group, with what sets it apart. */
export function withDifference(name: string, comparison: Comparison | undefined, id: string): string {
  const difference = comparison?.differences.get(id);
  return difference ? `${name}, ${differenceWords[difference]}` : name;
}

/** Whether the field, or one below it, has another value in the other network. */
export function isMarked({ fields }: Comparison, field: string): boolean {
  return fields.some((path) => path === field || path.startsWith(`${field}.`));
}
