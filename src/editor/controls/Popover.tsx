/** @file A small window beside the button that opens it. */
import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import styles from "./popover.module.css";

export interface PopoverProps {
  /** A button; must take a ref and DOM props. */
  readonly trigger: ReactElement;
  readonly title?: string;
  readonly children: ReactNode;
  readonly side?: "top" | "bottom" | "left" | "right";
}

export function Popover({ trigger, title, children, side = "bottom" }: PopoverProps) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={styles["positioner"]}
        >
          <BasePopover.Popup className={styles["popup"]}>
            {title && <BasePopover.Title className={styles["title"]}>{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
