/** @file A button that shows only an icon; its name is read aloud and shown on hover and focus. */
import { Button as BaseButton } from "@base-ui/react/button";
import type { ReactNode } from "react";
import styles from "./button.module.css";
import { Tooltip, type TooltipProps } from "./Tooltip.tsx";

export interface IconButtonProps {
  /** Accessible name. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick?: () => void;
  /** As people know it, for instance `Ctrl+Z`. */
  readonly shortcut?: string;
  readonly variant?: "primary" | "default" | "quiet";
  readonly disabled?: boolean;
  /** For a button that stays down. */
  readonly pressed?: boolean;
  readonly tooltipSide?: TooltipProps["side"];
}

export function IconButton({
  label,
  icon,
  onClick,
  shortcut,
  variant = "quiet",
  disabled = false,
  pressed,
  tooltipSide = "bottom",
}: IconButtonProps) {
  return (
    <Tooltip content={shortcut ? `${label} (${shortcut})` : label} side={tooltipSide}>
      <BaseButton
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={`${styles["button"]} ${styles["icon"]}`}
        data-variant={variant}
        onClick={onClick}
        disabled={disabled}
        focusableWhenDisabled
      >
        {icon}
      </BaseButton>
    </Tooltip>
  );
}
