/** @file Zoom, fit and fold. */
import { ChevronsDownUp, Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "../controls/IconButton.tsx";
import styles from "./viewTools.module.css";

export interface ViewToolsProps {
  /** 1 is full size. */
  readonly zoom: number;
  readonly onZoomIn: () => void;
  readonly onZoomOut: () => void;
  readonly onFit: () => void;
  /** Absent where no stage is open. */
  readonly onFold: (() => void) | undefined;
  /** Its keys are those of the canvas. */
  readonly hasShortcuts?: boolean;
}

export function ViewTools({
  zoom,
  onZoomIn,
  onZoomOut,
  onFit,
  onFold,
  hasShortcuts = false,
}: ViewToolsProps) {
  const key = (shortcut: string) => (hasShortcuts ? { shortcut } : {});
  return (
    <div className={styles["tools"]} role="toolbar" aria-label="View">
      <IconButton label="Zoom out" {...key("-")} icon={<Minus />} onClick={onZoomOut} tooltipSide="top" />
      <output className={styles["zoom"]} aria-label="Zoom">
        {Math.round(zoom * 100)} %
      </output>
      <IconButton label="Zoom in" {...key("+")} icon={<Plus />} onClick={onZoomIn} tooltipSide="top" />
      <IconButton label="Fit" {...key("F")} icon={<Maximize />} onClick={onFit} tooltipSide="top" />
      <IconButton
        label="Fold all stages"
        icon={<ChevronsDownUp />}
        disabled={!onFold}
        onClick={() => onFold?.()}
        tooltipSide="top"
      />
    </div>
  );
}
