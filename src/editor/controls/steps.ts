/** @file The values that a slider stops at. */

export interface Steps {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The nearest multiple of the step above `min`, free of rounding noise; the very end is `max` even where that is no multiple. */
export function snap(value: number, { min, max, step }: Steps): number {
  if (value >= max - step / 4) return max;
  const snapped = Number((min + Math.round((value - min) / step) * step).toFixed(6));
  return Math.min(max, Math.max(min, snapped));
}

/** Where a key leads; undefined for keys that mean nothing to a slider. */
export function keyTarget(key: string, value: number, steps: Steps): number | undefined {
  const by = (count: number) => snap(value + count * steps.step, steps);
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return by(1);
    case "ArrowLeft":
    case "ArrowDown":
      return by(-1);
    case "PageUp":
      return by(5);
    case "PageDown":
      return by(-5);
    case "Home":
      return steps.min;
    case "End":
      return steps.max;
    default:
      return undefined;
  }
}
