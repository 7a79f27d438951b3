/** @file How many images a forward, or how many rounds: a whole number within what a measurement takes. */
import { NumberField } from "../../editor/controls/NumberField.tsx";
import { measureLimits } from "../settings/settings.ts";

const steps = { batch: 1, runs: 5 } as const;

export interface CountFieldProps {
  readonly field: keyof typeof steps;
  readonly label: string;
  readonly value: number;
  /** Called with numbers within the limits only. */
  readonly onChange: (value: number) => void;
  readonly unit?: string;
  readonly disabled?: boolean;
}

export function CountField({ field, label, value, onChange, ...others }: CountFieldProps) {
  const max = measureLimits[field];
  const problemIn = (next: number) =>
    Number.isInteger(next) && next >= 1 && next <= max ? undefined : `A whole number from 1 to ${max}`;
  const set = (next: number) => {
    const problem = problemIn(next);
    if (problem === undefined) onChange(next);
    return problem;
  };
  return (
    <NumberField
      label={label}
      value={value}
      onChange={set}
      check={problemIn}
      step={steps[field]}
      min={1}
      max={max}
      digits={3}
      {...others}
    />
  );
}
