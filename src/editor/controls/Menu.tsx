/** @file A list of actions that opens from a button; it closes when one is taken. */
import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import styles from "./menu.module.css";

export interface MenuAction {
  readonly label: string;
  /** A second line, or what sets it apart from its neighbours. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export interface MenuGroup {
  /** A heading; without one a line parts it from the group before. */
  readonly label?: string;
  readonly actions: readonly MenuAction[];
}

export interface MenuProps {
  /** A button; must take a ref and DOM props. */
  readonly trigger: ReactElement;
  readonly groups: readonly MenuGroup[];
}

export function Menu({ trigger, groups }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner
          className={styles["positioner"]}
          sideOffset={4}
          align="start"
          collisionPadding={8}
        >
          <BaseMenu.Popup className={styles["popup"]}>
            {groups.map(({ label, actions }, index) => (
              <BaseMenu.Group key={label ?? index} className={styles["group"]}>
                {label && <BaseMenu.GroupLabel className={styles["label"]}>{label}</BaseMenu.GroupLabel>}
                {actions.map(({ label: name, hint, icon, disabled = false, onSelect }) => (
                  <BaseMenu.Item
                    key={name}
                    className={styles["item"]}
                    label={name}
                    disabled={disabled}
                    onClick={onSelect}
                  >
                    {icon && <span className={styles["icon"]}>{icon}</span>}
                    <span className={styles["text"]}>{name}</span>
                    {hint && <span className={styles["hint"]}>{hint}</span>}
                  </BaseMenu.Item>
                ))}
              </BaseMenu.Group>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
