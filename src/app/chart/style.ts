/** @file How every chart looks: the theme's colours and type, few lines, labels that can be read. */
import * as Plot from "@observablehq/plot";
import type { SymbolShape } from "./types.ts";

/** Colours as CSS, so that a drawing follows the theme without being drawn again. */
export const ink = {
  accent: "var(--accent)",
  label: "var(--text-secondary)",
  muted: "var(--text-tertiary)",
  grid: "var(--border-subtle)",
  plain: "var(--share-params)",
  line: "var(--border-strong)",
  bar: "var(--share-time)",
  surface: "var(--surface-panel)",
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

/** How many ticks an axis has, or which. */
type Ticks = number | number[];

/** Lines across the drawing at the ticks. */
export function gridX(ticks?: Ticks): Plot.Markish {
  return Plot.gridX({ stroke: ink.grid, strokeOpacity: 1, ...(ticks !== undefined && { ticks }) });
}

/** Class of the mark whose shapes can be pointed at, in the order of the chart's points. */
export const pointsClass = "points";

/** Colour and shape of a kind of things; a sixth kind is drawn like the fifth. */
export function seriesStyle(index: number): { readonly color: string; readonly shape: SymbolShape } {
  const shapes = ["circle", "diamond", "square", "triangle", "star"] as const;
  const place = Math.min(index, shapes.length - 1);
  return { color: `var(--series-${place + 1})`, shape: shapes[place] ?? "circle" };
}

/**
 * A share from 0 to 1 as a colour between the surface and the accent; never so deep that the primary text on it could not
 * be read, in either theme.
 */
export function heat(share: number): string {
  return `color-mix(in oklab, var(--accent) ${(10 + 45 * share).toFixed(1)}%, var(--surface-panel))`;
}

/** Lines along the drawing at the ticks. */
export function gridY(ticks?: Ticks): Plot.Markish {
  return Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ...(ticks !== undefined && { ticks }) });
}
