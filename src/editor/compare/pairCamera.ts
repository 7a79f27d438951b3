/** @file Where two drawings beside each other are looked at: pure arithmetic. */
import type { Rect, Viewport } from "../canvas/camera.ts";

type Size = Pick<Rect, "width" | "height">;

/** Around the drawing, in pixels; the marks stick out at its top, and below it React Flow has its name. */
const margin = 20;
/** A drawing is never blown up further by itself. */
const largest = 1;

/** The whole drawing, as wide as there is room: all of it is in sight, and the page scrolls. */
export function wholeView(width: number, scene: Size): Viewport {
  const room = Math.max(1, width - 2 * margin);
  const zoom = Math.min(largest, room / scene.width);
  return { x: (width - scene.width * zoom) / 2, y: margin, zoom };
}

/** Height that the whole drawing takes at that width, in pixels. */
export function wholeHeight(width: number, scene: Size): number {
  return scene.height * wholeView(width, scene).zoom + 2 * margin;
}

/** The nearest view that is no smaller than the whole and shows nothing beside the drawing. */
export function bounded(pane: Size, scene: Size, { x, y, zoom }: Viewport): Viewport {
  const whole = wholeView(pane.width, scene);
  if (zoom <= whole.zoom) return whole;
  return {
    zoom,
    x: within(x, whole.x, pane.width - scene.width * zoom),
    y: within(y, margin, pane.height - scene.height * zoom),
  };
}

/** Zooms about a point of the pane, which stays where it is. */
export function zoomedAbout(
  { x, y, zoom }: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
): Viewport {
  return { zoom: zoom * factor, x: at.x - (at.x - x) * factor, y: at.y - (at.y - y) * factor };
}

/** From where the drawing's start is in sight to where its end is, with its margin. */
function within(value: number, start: number, end: number): number {
  const last = end - margin;
  return last >= start ? start : Math.min(start, Math.max(last, value));
}
