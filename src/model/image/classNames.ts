/**
 * @file The names of the 1,000 ImageNet classes in the standard order (that of every official checkpoint).
 *
 * They come from `@tensorflow-models/mobilenet` (Google, Apache-2.0). Only its list is imported, not its model code, and
 * only when asked for, which keeps 30 kB out of the first bundle.
 */

/**
 * The name of ImageNet-1k class `i` is element `i`, synonyms separated by commas ("tabby, tabby cat"). Key by index, not
 * by name: "crane" is both a bird (134) and a machine (517). Rejects where the chunk can't be loaded.
 */
export async function imagenetClassNames(): Promise<readonly string[]> {
  const { IMAGENET_CLASSES } = await import("@tensorflow-models/mobilenet/dist/imagenet_classes.js");
  return Object.values(IMAGENET_CLASSES);
}
