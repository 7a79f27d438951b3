/** @file A modal window with a title. Focus stays inside; Escape and the close button leave. */
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./dialog.module.css";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Largest width, in pixels. */
  readonly width?: number;
}

export function Dialog({ open, onOpenChange, title, description, children, width = 480 }: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles["backdrop"]} />
        <BaseDialog.Popup className={styles["popup"]} style={{ maxWidth: width }}>
          <header className={styles["header"]}>
            <BaseDialog.Title className={styles["title"]}>{title}</BaseDialog.Title>
            <BaseDialog.Close aria-label="Close" className={styles["close"]}>
              <X />
            </BaseDialog.Close>
          </header>
          {description && (
            <BaseDialog.Description className={styles["description"]}>{description}</BaseDialog.Description>
          )}
          <div className={styles["body"]}>{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
