/** @file On or off, with its words beside it. */
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";
import styles from "./switch.module.css";

export interface SwitchProps {
  /** Accessible name. */
  readonly label: string;
  /** What is shown beside it; nothing where absent. */
  readonly children?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Switch({ label, children, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <label className={styles["row"]} htmlFor={id}>
      <BaseSwitch.Root
        id={id}
        aria-label={label}
        className={styles["track"]}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
      >
        <BaseSwitch.Thumb className={styles["thumb"]} />
      </BaseSwitch.Root>
      {children}
    </label>
  );
}
