/** @file How every chart looks: the theme's colours and type, few lines, labels that can be read. */
import * as Plot from "@observablehq/plot";

/** Colours as CSS, so that a drawing follows the theme without being drawn again. */
export const ink = {
  accent: "var(--accent)",
  label: "var(--text-secondary)",
  muted: "var(--text-tertiary)",
  grid: "var(--border-subtle)",
  plain: "var(--share-params)",
} as const;

/** What all drawings share. */
export function base(width: number): Plot.PlotOptions {
  return {
    width,
    style: {
      background: "transparent",
      color: ink.muted,
      fontFamily: "var(--font-sans)",
      fontSize: "11px",
      overflow: "visible",
    },
  };
}

/** Lines across the drawing at the ticks. */
export function gridX(ticks?: number): Plot.Markish {
  return Plot.gridX({ stroke: ink.grid, strokeOpacity: 1, ...(ticks !== undefined && { ticks }) });
}

/** Class of the mark whose shapes can be pointed at, in the order of the chart's points. */
export const pointsClass = "points";
