/** @file Differing fields in few lines. */
import type { DifferingField } from "../../../model/analysis/compare.ts";

const stagePath = /^stages\[\d+\]\.(.+)$/;
const stages = 4;

/** A field that differs alike in all four stages stands once, as `stages[*]`, where it stood first. */
export function foldStages(fields: readonly DifferingField[]): readonly DifferingField[] {
  return fields.flatMap((field) => {
    const name = stagePath.exec(field.path)?.[1];
    const alike = fields.filter(
      ({ path, a, b }) => stagePath.exec(path)?.[1] === name && isSame(a, field.a) && isSame(b, field.b),
    );
    if (name === undefined || alike.length < stages) return field;
    return alike[0] === field ? { ...field, path: `stages[*].${name}` } : [];
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
