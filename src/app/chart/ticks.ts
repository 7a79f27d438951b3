/** @file Ticks of logarithmic axes. */

/** Powers of ten between two values; over less than two decades their doubles and fives as well. */
export function decadeTicks(from: number, to: number): number[] {
  const steps = to / from < 100 ? [1, 2, 5] : [1];
  const first = Math.floor(Math.log10(from));
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to)) - first + 1 },
    (_, index) => 10 ** (first + index),
  );
  return powers
    .flatMap((power) => steps.map((step) => Number((step * power).toPrecision(3))))
    .filter((value) => value >= from && value <= to);
}
