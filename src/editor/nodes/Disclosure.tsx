/** @file The arrow that opens and closes a node. */
import { ChevronRight } from "lucide-react";
import styles from "./disclosure.module.css";

export interface DisclosureProps {
  readonly open: boolean;
  /** What it shows. */
  readonly label: string;
  readonly onToggle: () => void;
}

export function Disclosure({ open, label, onToggle }: DisclosureProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-expanded={open}
      className={`${styles["button"]} nodrag nopan`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <ChevronRight />
    </button>
  );
}
