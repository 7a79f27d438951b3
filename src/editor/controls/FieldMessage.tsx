/** @file What is wrong with a field: below it, or floating where there is no room. */
import { Tooltip } from "@base-ui/react/tooltip";
import type { RefObject } from "react";
import styles from "./fieldMessage.module.css";

export interface FieldMessageProps {
  /** For `aria-describedby` of the field. */
  readonly id: string;
  readonly text: string;
  /** Floats below this element; in the flow where absent. */
  readonly anchor: RefObject<Element | null> | undefined;
}

export function FieldMessage({ id, text, anchor }: FieldMessageProps) {
  if (!anchor) {
    return (
      <span className={styles["message"]} id={id} role="alert">
        {text}
      </span>
    );
  }
  return (
    <Tooltip.Root open>
      <Tooltip.Portal>
        <Tooltip.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={5}
          className={styles["positioner"]}
        >
          <Tooltip.Popup id={id} role="alert" className={`${styles["message"]} ${styles["bubble"]}`}>
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
