/** @file How fast a list scrolls under a row that is dragged to its edge. */

/** Pixels from an edge where scrolling begins. */
const reach = 56;

/** Pixels a frame at the edge and beyond it. */
const fastest = 14;

/** Pixels a frame: upwards below 0, faster nearer to the edges `top` and `bottom`, none between them. */
export function scrollSpeed(y: number, top: number, bottom: number): number {
  const share = (distance: number) => Math.min(Math.max(1 - distance / reach, 0), 1);
  return fastest * (share(bottom - y) - share(y - top));
}
