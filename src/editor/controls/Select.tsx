/** @file One of a few named choices, in a list that opens. */
import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import styles from "./select.module.css";

export interface SelectProps<Value extends string> {
  /** Accessible name. */
  readonly label: string;
  /** Undefined where several things are edited together and differ: shown as "Mixed". */
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root<Value>
      items={options}
      value={value ?? null}
      onValueChange={(next) => next !== null && onChange(next)}
      disabled={disabled}
      modal={false}
    >
      <BaseSelect.Trigger aria-label={label} className={`${styles["trigger"]} nodrag nopan`}>
        <BaseSelect.Value className={styles["value"]}>
          {(chosen: Value | null) => options.find((option) => option.value === chosen)?.label ?? "Mixed"}
        </BaseSelect.Value>
        <BaseSelect.Icon className={styles["chevron"]}>
          <ChevronDown />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={styles["positioner"]} sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className={styles["popup"]}>
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item key={option.value} value={option.value} className={styles["item"]}>
                  <BaseSelect.ItemIndicator className={styles["check"]}>
                    <Check />
                  </BaseSelect.ItemIndicator>
                  <BaseSelect.ItemText className={styles["text"]}>{option.label}</BaseSelect.ItemText>
                  {option.hint && <span className={styles["hint"]}>{option.hint}</span>}
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
