/** @file From logits to what is shown. */
import type { ClassProbability } from "./api.ts";
import { softmax } from "./softmax.ts";

/** Classes that are shown. */
const shown = 5;

/** Probabilities from one image's logits, its most probable classes first. `names` by index; a class without one says its number. */
export function topClasses(logits: Float32Array, names: readonly string[]): readonly ClassProbability[] {
  return Array.from(softmax(logits), (probability, index) => ({
    index,
    label: names[index] ?? `class ${index}`,
    probability,
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, shown);
}

/** Index of the largest logit. */
export function argmax(logits: Float32Array): number {
  return logits.reduce(
    (best, logit, index) => (logit > (logits[best] ?? Number.NEGATIVE_INFINITY) ? index : best),
    0,
  );
}
