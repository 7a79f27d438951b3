/** @file A push button with words. */
import { Button as BaseButton } from "@base-ui/react/button";
import type { ReactNode } from "react";
import styles from "./button.module.css";

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  /** `primary`: the one main action of a place; `quiet`: without a border. */
  readonly variant?: "primary" | "default" | "quiet";
  /** Shown before the words. */
  readonly icon?: ReactNode;
  /** A disabled button keeps its focus, so that nobody loses their place. */
  readonly disabled?: boolean;
  /** `submit` inside a form. */
  readonly type?: "button" | "submit";
}

export function Button({
  children,
  onClick,
  variant = "default",
  icon,
  disabled = false,
  type = "button",
}: ButtonProps) {
  return (
    <BaseButton
      type={type}
      className={styles["button"]}
      data-variant={variant}
      onClick={onClick}
      disabled={disabled}
      focusableWhenDisabled
    >
      {icon}
      {children}
    </BaseButton>
  );
}
