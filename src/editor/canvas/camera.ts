/** @file Where to look: pure arithmetic on boxes. */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** React Flow's viewport: screen = scene x zoom + (x, y). */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Free space around what is shown, in pixels; the bar stands at the bottom, with the key to the times above it. */
const margin = { side: 16, top: 14, bottom: 58 } as const;
const timeKey = 40;

/** Text stays readable down to this zoom; a drawing that needs less is shown in part. */
const readable = 0.64;
const largest = 1.25;

/**
 * All of the scene if that stays readable. Otherwise as wide as the scene, with `focus` in the middle if it fits and its
 * top in sight if it does not.
 */
export function lookAt(
  canvas: Pick<Rect, "width" | "height">,
  scene: Pick<Rect, "width" | "height">,
  focus: Rect | undefined,
  { hasTimeKey = false }: { readonly hasTimeKey?: boolean } = {},
): Viewport {
  const room = {
    width: Math.max(1, canvas.width - 2 * margin.side),
    height: Math.max(1, canvas.height - margin.top - margin.bottom - (hasTimeKey ? timeKey : 0)),
  };
  const acrossZoom = Math.min(largest, room.width / scene.width);
  const wholeZoom = Math.min(acrossZoom, room.height / scene.height);
  if (wholeZoom >= readable || (!focus && wholeZoom === acrossZoom)) {
    return centred(room, { x: 0, y: 0, ...scene }, wholeZoom);
  }
  const box = { x: 0, y: focus?.y ?? 0, width: scene.width, height: focus?.height ?? scene.height };
  const focusZoom = Math.min(acrossZoom, 1, room.height / box.height);
  if (focus && focusZoom >= Math.min(readable, acrossZoom)) return centred(room, box, focusZoom);
  const zoom = Math.min(1, acrossZoom);
  return { zoom, x: margin.side + (room.width - scene.width * zoom) / 2, y: margin.top - box.y * zoom };
}

function centred(room: Pick<Rect, "width" | "height">, box: Rect, zoom: number): Viewport {
  return {
    zoom,
    x: margin.side + (room.width - box.width * zoom) / 2 - box.x * zoom,
    y: margin.top + (room.height - box.height * zoom) / 2 - box.y * zoom,
  };
}

/** How far to move the view so that `target` lies within `frame`, both on the screen; 0 where it does. */
export function shiftInto(frame: Rect, target: Rect): { readonly x: number; readonly y: number } {
  return {
    x: shift(frame.x + margin.side, frame.x + frame.width - margin.side, target.x, target.x + target.width),
    y: shift(
      frame.y + margin.top,
      frame.y + frame.height - margin.bottom,
      target.y,
      target.y + target.height,
    ),
  };
}

function shift(low: number, high: number, start: number, end: number): number {
  if (start < low) return low - start;
  if (end > high) return Math.max(high - end, low - start);
  return 0;
}
