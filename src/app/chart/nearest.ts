/** @file Which point a pointer means, and which comes next on the keyboard. */

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Index of the box that is nearest to `x`, `y`; undefined where none is within `reach` of it. All in the same unit. */
export function nearestBox(
  boxes: readonly Box[],
  { x, y }: { readonly x: number; readonly y: number },
  reach: number,
): number | undefined {
  let nearest: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { left, right, top, bottom }] of boxes.entries()) {
    const outside = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    // Points that overlap are told apart by their middles.
    const toMiddle = Math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y);
    const distance = outside + toMiddle / 1e4;
    if (outside <= reach && distance < least) [nearest, least] = [index, distance];
  }
  return nearest;
}

/** Where a key leads from a point of `count`; undefined for a key that leads nowhere. */
export function pointAfterKey(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(count - 1, index + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, index - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
