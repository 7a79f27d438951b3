/** @file The fields that a sweep can turn: what they are called, and the values that one begins with. */
import { formatRatio } from "../../../editor/format.ts";
import { mixerNumber } from "../../../editor/mixers/controls.tsx";
import { mixerSweeps } from "../../../editor/mixers/table.ts";
import type { StageField } from "../../../model/architecture/edits.ts";
import type { Architecture, Stage } from "../../../model/architecture/schema.ts";
import type { SweepValues } from "../../../model/benchmark/sweep.ts";

export interface SweepField {
  readonly field: StageField;
  readonly label: string;
  /** As a person would type them. */
  readonly values: string;
  /** Shown as a fraction where it is one. */
  readonly isRatio: boolean;
  readonly of: (stage: Stage) => number | undefined;
}

export const sweepFields: readonly SweepField[] = [
  ...mixerSweeps.map(
    ({ field, ...words }): SweepField => ({
      ...words,
      field: `tokenMixer.${field}`,
      of: (stage) => mixerNumber(stage, field),
    }),
  ),
  { field: "depth", label: "Depth", values: "1..8", isRatio: false, of: ({ depth }) => depth },
  { field: "dim", label: "Dim", values: "16..96:16", isRatio: false, of: ({ dim }) => dim },
  { field: "mlpRatio", label: "MLP ratio", values: "1..6", isRatio: true, of: ({ mlpRatio }) => mlpRatio },
];

/** Which stages a field is turned in; `*` is all that have it. */
export const stageScopes = ["*", "0", "1", "2", "3"] as const;
export type StageScope = (typeof stageScopes)[number];

/** The fields that a stage in this scope has. */
export function fieldsOf({ stages }: Architecture, scope: StageScope): readonly SweepField[] {
  const inScope = stages.filter((_, index) => scope === "*" || scope === String(index));
  return sweepFields.filter(({ of }) => inScope.some((stage) => of(stage) !== undefined));
}

export function pathOf(field: StageField, scope: StageScope): string {
  return `stages[${scope}].${field}`;
}

/** The field of a path that {@link pathOf} made. */
function fieldOfPath(path: string): SweepField | undefined {
  return sweepFields.find(({ field }) => path.endsWith(`].${field}`));
}

/** As `Band kernel` or `Depth of stage 3`. */
export function axisLabel(path: string): string {
  const label = fieldOfPath(path)?.label ?? path;
  const stage = /^stages\[(\d)\]/.exec(path)?.[1];
  return stage === undefined ? label : `${label} of stage ${Number(stage) + 1}`;
}

/** A value as a person would write it: `11`, `1/8`. */
export function valueText(path: string, value: number): string {
  if (!fieldOfPath(path)?.isRatio || Number.isInteger(value)) return String(value);
  for (const denominator of [2, 3, 4, 6, 8, 12, 16, 24, 32]) {
    const numerator = value * denominator;
    if (Math.abs(numerator - Math.round(numerator)) < 1e-9) return `${Math.round(numerator)}/${denominator}`;
  }
  return formatRatio(value);
}

/** As `Band kernel 11, Depth of stage 3 9`. */
export function pointName(values: SweepValues): string {
  return Object.entries(values)
    .map(([path, value]) => `${axisLabel(path)} ${valueText(path, value)}`)
    .join(", ");
}

/** The same for the same values, whatever their order. */
export function pointKey(values: SweepValues): string {
  return Object.entries(values)
    .map(([path, value]) => `${path}=${value}`)
    .sort()
    .join(";");
}
