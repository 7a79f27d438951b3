/** @file The mark of a checkpoint whose hash is not known beforehand. */
import { Tooltip } from "../../editor/controls/Tooltip.tsx";
import styles from "./weights.module.css";

/** What it means is read out with it and shown on hover and focus. */
export function NotPinned() {
  return (
    <Tooltip content={meaning}>
      <button type="button" className={styles["notPinned"]} aria-description={meaning}>
        not pinned
      </button>
    </Tooltip>
  );
}

const meaning =
  "No hash is known beforehand. A download is compared with the hash that the hub itself gives.";
