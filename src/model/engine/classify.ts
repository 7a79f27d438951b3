/** @file From logits to what is shown. */
import type { ClassProbability } from "./api.ts";

/** Classes that are shown. */
const shown = 5;

/** Softmax of one image's logits, its most probable classes first. `names` by index; a class without one says its number. */
export function topClasses(logits: Float32Array, names: readonly string[]): readonly ClassProbability[] {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const exponentials = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((a, b) => a + b, 0);
  return exponentials
    .map((value, index) => ({ index, label: names[index] ?? `class ${index}`, probability: value / sum }))
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
