/**
 * @file The published check of InceptionNeXt-T: what its official weights say of the bundled photograph of a cat. The
 * probabilities were computed with the official PyTorch model, the photograph squashed to the input's square.
 */
import { EngineError } from "../runtime/errors.ts";
import type { PublishedClass, WeightsInfo } from "./api.ts";
import { softmax } from "./softmax.ts";

/** Numbers that were published for one checkpoint and one picture. */
export const publishedCheck = {
  /** In the manifest. */
  weights: "inception_next_tiny.sail_in1k",
  name: "InceptionNeXt-T",
  /** Below the page's folder. */
  picture: "samples/chelsea.png",
  imageSize: 224,
  /** ImageNet-1k. */
  numClasses: 1000,
  classes: [
    { index: 285, label: "Egyptian cat", expected: 0.82217 },
    { index: 282, label: "tiger cat", expected: 0.01905 },
  ],
  /** Largest difference of a probability that still counts as agreement. */
  tolerance: 0.005,
} as const;

/** Whether these are the weights that it is about: by their hash, since a file may be called anything. */
export function isPublishedCheckpoint({ id, verified }: Pick<WeightsInfo, "id" | "verified">): boolean {
  return verified && id === publishedCheck.weights;
}

export interface PublishedVerdict {
  readonly isVerified: boolean;
  readonly classes: readonly PublishedClass[];
}

/**
 * Compares the probabilities that `logits` give with what was published.
 * @throws EngineError `weights` where the network does not have ImageNet's classes.
 */
export function publishedVerdict(logits: Float32Array): PublishedVerdict {
  const { numClasses, classes, tolerance } = publishedCheck;
  if (logits.length !== numClasses) {
    throw new EngineError(
      "weights",
      `The check needs the ${numClasses} classes of ImageNet; these weights have ${logits.length}.`,
    );
  }
  const probabilities = softmax(logits);
  const found = classes.map(({ index, label, expected }): PublishedClass => {
    return { label, expected, found: probabilities[index] ?? Number.NaN };
  });
  const isClose = (one: PublishedClass) => Math.abs(one.found - one.expected) <= tolerance;
  return { isVerified: found.every(isClose), classes: found };
}
