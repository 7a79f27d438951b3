/** @file Top-1 accuracy on labelled test images. */
import { decodeImage } from "../image/decode.ts";
import { cutTile } from "../image/tiles.ts";
import { EngineError } from "../runtime/errors.ts";
import type { Accuracy, OnProgress, Places, Provenance } from "./api.ts";
import { argmax } from "./classify.ts";
import { type InputFormat, seenBy, toInput } from "./input.ts";
import { letMessagesIn } from "./serial.ts";
import { fetchTestSet, type TestSetFiles } from "./testSet.ts";

export interface AccuracyTask {
  readonly testSet: TestSetFiles;
  readonly format: InputFormat;
  readonly provenance: Provenance;
  /** Logits of a batch of `[batch, size, size, channels]`. */
  readonly classify: (pixels: Float32Array, batch: number) => Promise<readonly Float32Array[]>;
}

/** Images a forward: enough to keep a device busy, few enough that cancelling is quick. */
const batchSize = 20;

/** @throws the signal's reason; EngineError where the test images cannot be had. */
export async function measureAccuracy(
  { testSet, format, provenance, classify }: AccuracyTask,
  places: Places,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress | undefined },
): Promise<Accuracy> {
  const { sprite, tile, columns, labels } = await fetchTestSet(testSet, places, signal);
  const picture = await decodeImage(sprite);
  let right = 0;
  for (let start = 0; start < labels.length; start += batchSize) {
    await letMessagesIn();
    signal.throwIfAborted();
    const batch = labels.slice(start, start + batchSize);
    const inputs = batch.map((_, i) =>
      toInput(format, seenBy(format, cutTile(picture, tile, columns, start + i))),
    );
    const logits = await classify(joined(inputs), batch.length);
    right += batch.filter((label, i) => argmax(logits[i] ?? new Float32Array()) === label).length;
    onProgress?.(
      (start + batch.length) / labels.length,
      `${start + batch.length} of ${labels.length} images`,
    );
  }
  if (labels.length === 0) throw new EngineError("badInput", "The test set has no images.");
  return { top1: right / labels.length, images: labels.length, provenance };
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const result = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    result.set(array, at);
    at += array.length;
  }
  return result;
}
