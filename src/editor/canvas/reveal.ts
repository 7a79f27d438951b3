/** @file Brings what the keyboard has reached into sight. */
import { shiftInto } from "./camera.ts";

/** How far to move the view of `canvas`; undefined where the element is in sight, or was not reached by the keyboard. */
export function shiftToReveal(
  element: Element,
  canvas: Element | null,
): { readonly x: number; readonly y: number } | undefined {
  if (!canvas || !element.matches(":focus-visible")) return undefined;
  unscroll(element, canvas);
  const by = shiftInto(canvas.getBoundingClientRect(), element.getBoundingClientRect());
  return by.x === 0 && by.y === 0 ? undefined : by;
}

/** The browser scrolls what takes the focus into sight, which on a canvas only shifts the drawing against its zoom. */
function unscroll(element: Element, canvas: Element): void {
  for (let at: Element | null = element.parentElement; at && at !== canvas; at = at.parentElement) {
    if (at.scrollTop !== 0 || at.scrollLeft !== 0) at.scrollTo(0, 0);
  }
}
