/** @file The colour scale of times: six steps, each about three times the one below, alike for stages, blocks and layers. */

export type Heat = 1 | 2 | 3 | 4 | 5 | 6;

/** Where one step ends and the next begins, in milliseconds: 1, 3, 10, 30 ...; the last is at most half of the whole. */
export function heatBounds(totalMs: number): readonly number[] {
  let last = Math.ceil(2 * Math.log10(totalMs)) + 1;
  while (boundAt(last) > totalMs / 2) last -= 1;
  return [last - 4, last - 3, last - 2, last - 1, last].map(boundAt);
}

/** The step of a time. */
export function heatOf(ms: number, bounds: readonly number[]): Heat {
  return (1 + bounds.filter((bound) => ms >= bound).length) as Heat;
}

/** ..., 0.1, 0.3, 1, 3, 10, ...; 1 at 0. */
function boundAt(place: number): number {
  const decade = Math.floor(place / 2);
  return Number(`${place % 2 === 0 ? 1 : 3}e${decade}`);
}
