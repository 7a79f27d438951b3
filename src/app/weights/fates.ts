/** @file What became of the tensors after an edit, summed up by rule. */
import type { TensorFate } from "../../model/weights/transfer.ts";

export interface FateGroup {
  readonly rule: TensorFate["rule"];
  readonly fates: readonly TensorFate[];
  readonly elements: number;
  /** Elements whose values are the checkpoint's. */
  readonly carried: number;
}

/** One group for every rule that occurred, those with the most elements first. */
export function groupFates(fates: readonly TensorFate[]): readonly FateGroup[] {
  const rules = [...new Set(fates.map(({ rule }) => rule))];
  return rules
    .map((rule) => {
      const members = fates.filter((fate) => fate.rule === rule);
      const elements = members.reduce((sum, fate) => sum + fate.elements, 0);
      const carried = members.reduce((sum, fate) => sum + fate.carried, 0);
      return { rule, fates: members, elements, carried };
    })
    .sort((a, b) => b.elements - a.elements);
}
