/** @file A short explanation that opens on hover and on focus. It adds to a name, it never is the only one. */
import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import styles from "./tooltip.module.css";

export interface TooltipProps {
  readonly content: ReactNode;
  /** The element that it explains; must take a ref and DOM props. */
  readonly children: ReactElement;
  readonly side?: "top" | "bottom" | "left" | "right";
}

export function Tooltip({ content, children, side = "top" }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} delay={400} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} className={styles["positioner"]}>
          <BaseTooltip.Popup className={styles["popup"]}>{content}</BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
