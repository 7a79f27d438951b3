/**
 * @file What became of a tensor, in words.
 */
import type { Size2d } from "../../graph/types.ts";
import type { AxisMap } from "./axisMap.ts";
import { type BranchPlan, sameSize } from "./kernels.ts";
import type { Branch } from "./sites.ts";

/**
 * - `exact`: the checkpoint's own values;
 * - `kernel cropped`, `kernel padded`: depthwise kernels laid centre on centre in a smaller or larger one;
 * - `mixer converted`: kernels of another branch or mixer, by their central rows and columns;
 * - `delta kernels`: channels that passed through now pass through a convolution, unchanged;
 * - `channels sliced`, `channels padded`, `channels reordered`: channels follow their role;
 * - `block inserted`: in a block that the checkpoint lacks, which `gamma` 0 makes an identity;
 * - `re-headed`: the last layer, for other classes;
 * - `initialised`: nothing in the checkpoint fits, so it starts as the paper's networks do.
 */
export type TransferRule =
  | "exact"
  | "kernel cropped"
  | "kernel padded"
  | "mixer converted"
  | "delta kernels"
  | "channels sliced"
  | "channels padded"
  | "channels reordered"
  | "block inserted"
  | "re-headed"
  | "initialised";

/** A rule and the sentence that says what it did here. */
export interface Verdict {
  readonly rule: TransferRule;
  readonly reason: string;
}

/** What became of one tensor of the target network. */
export interface TensorFate extends Verdict {
  /** state_dict key in the target. */
  readonly key: string;
  readonly shape: readonly number[];
  /** Keys in the checkpoint that it came from; several where a mixer was converted. */
  readonly sources: readonly string[];
  readonly elements: number;
  /** Elements whose values are the checkpoint's. */
  readonly carried: number;
}

export const exact: Verdict = { rule: "exact", reason: "As in the checkpoint." };
export const renamed: Verdict = { rule: "exact", reason: "As in the checkpoint, under another name." };
export const inserted: Verdict = {
  rule: "block inserted",
  reason: "The block is new: gamma 0 makes it an identity, and the rest starts as the paper's networks do.",
};
export const reheaded: Verdict = {
  rule: "re-headed",
  reason: "The classes are others, so the last layer starts as the paper's networks do.",
};
export const initialised: Verdict = {
  rule: "initialised",
  reason: "Nothing in the checkpoint fits, so it starts as the paper's networks do.",
};

/** For a tensor of which at least one axis changed. */
export function describeAxes(rows: AxisMap, columns: AxisMap | undefined): Verdict {
  const changed = [rows, columns].filter((map) => map !== undefined && !map.exact);
  const padded = changed.some((map) => map && map.kept < map.target);
  const sliced = changed.some((map) => map && map.kept < map.source);
  const rule = padded ? "channels padded" : sliced ? "channels sliced" : "channels reordered";
  const kept = [
    `${rows.kept} of ${rows.target} ${columns ? "outputs" : "channels"}`,
    ...(columns ? [`${columns.kept} of ${columns.target} inputs`] : []),
  ].join(" and ");
  const fresh = [
    ...(rows.kept < rows.target
      ? [`new ${columns ? "outputs" : "ones"} start as the paper's networks do`]
      : []),
    ...(columns && columns.kept < columns.target ? ["new inputs have weight 0"] : []),
  ];
  const reason = [`${kept} are the checkpoint's, each in its role`, ...fresh].join("; ");
  return { rule, reason: `${reason}.` };
}

/** For the kernels of a branch that is not the source's. */
export function describeBranch(
  target: Branch,
  { origins, average }: BranchPlan,
  sourceCount: number,
): Verdict {
  const branches = [...new Set(origins.map((origin) => origin?.branch))].filter(
    (branch) => branch !== undefined,
  );
  const kept = origins.filter((origin) => origin !== undefined).length;
  const joining = origins.length - kept;
  const joined = average ? poolingWords(joining, average, target) : deltaWords(joining);
  if (kept === 0) return { rule: average ? "mixer converted" : "delta kernels", reason: `${joined}.` };
  const [height, width] = target.kernelSize;
  const resized = branches.filter(({ kernelSize }) => !sameSize(kernelSize, target.kernelSize));
  const cropped = resized.some(({ kernelSize }) => kernelSize[0] > height || kernelSize[1] > width);
  const sizes = branches.map(({ kernelSize }) => kernelSize.join(" x ")).join(" and ");
  const parts = [
    resized.length > 0
      ? `${kept} kernels of ${sizes} became ${height} x ${width}, centre on centre`
      : `${kept} kernels are the checkpoint's`,
    ...(joining > 0 ? [joined] : []),
    ...(sourceCount > kept ? [`${sourceCount - kept} others were dropped, their channels pass through`] : []),
  ];
  const reason = `${parts.join("; ")}.`;
  if (branches.some(({ role }) => role !== target.role)) return { rule: "mixer converted", reason };
  if (resized.length > 0) return { rule: cropped ? "kernel cropped" : "kernel padded", reason };
  if (joining > 0) return { rule: "channels padded", reason };
  return { rule: sourceCount > kept ? "channels sliced" : "channels reordered", reason };
}

function deltaWords(channels: number): string {
  return `${channels} channels that passed through join as delta kernels, which change nothing`;
}

function poolingWords(channels: number, [height, width]: Size2d, { kernelSize }: Branch): string {
  const fits = height <= kernelSize[0] && width <= kernelSize[1];
  const size = `${height} x ${width}`;
  return `${channels} channels that were pooled join as kernels of ${size} ${fits ? "that do the same, but at the border" : "of which the middle is kept"}`;
}
