/** @file One of two or three choices that are all in sight. A radio group: arrow keys move. */
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";
import styles from "./segmentedControl.module.css";

export interface SegmentedControlProps<Value extends string> {
  /** Accessible name of the group. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChange: (value: Value) => void;
}

export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentedControlProps<Value>) {
  return (
    <RadioGroup<Value>
      aria-label={label}
      className={styles["group"]}
      value={value}
      onValueChange={(next) => onChange(next)}
    >
      {options.map((option) => (
        <Radio.Root key={option.value} value={option.value} className={styles["option"]}>
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
