/** @file Round numbers for an axis. */

/** From 0 to the first round number that is at least `largest`, in 2 to 5 equal steps of 1, 2 or 5 times a power of 10. */
export function ticksUpTo(largest: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(largest));
  const step =
    [0.2, 0.5, 1, 2].map((factor) => factor * power).find((size) => largest / size <= 5) ?? 5 * power;
  const count = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}
