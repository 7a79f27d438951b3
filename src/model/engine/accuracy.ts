/** @file Top-1 accuracy on the labelled test images that came with the weights. */
import type { Architecture } from "../architecture/schema.ts";
import { decodeImage } from "../image/decode.ts";
import { cutTile } from "../image/tiles.ts";
import { EngineError } from "../runtime/errors.ts";
import type { RunnableNetwork } from "../runtime/runnable.ts";
import type { Accuracy, Answer, OnProgress, Places } from "./api.ts";
import { argmax } from "./classify.ts";
import { type CurrentNetwork, rows } from "./current.ts";
import { withGuest } from "./guest.ts";
import { formatOf, type InputFormat, seenBy, toInput } from "./input.ts";
import type { Started } from "./started.ts";
import { fetchTestSet, type TestSetFiles } from "./testSet.ts";
import type { LoadedWeights } from "./weights.ts";

interface Watching {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
  readonly places: Places;
  /** Called between two batches. */
  readonly letOthersIn: () => Promise<unknown>;
}

/** Images a forward: enough to keep a device busy, few enough that cancelling is quick. */
const batchSize = 20;

/** Of a network that stands; an edit that takes its place meanwhile does not end it. @throws as {@link accuracyOfGuest}. */
export function accuracyOfCurrent(
  current: CurrentNetwork,
  started: Started,
  watching: Watching,
): Promise<Answer<Accuracy>> {
  return current.heldFor(async () => {
    const { weights, format, network, provenance } = current;
    const task = { testSet: testSetOf(weights), format };
    current.checkRoom(started.limits, batchSize, []);
    const counted = await countRight(network, task, started, watching);
    return current.answer({ ...counted, provenance });
  });
}

/** Of a network that is built for it, with the weights carried over. @throws also `overLimits`, where a batch does not fit the device. */
export function accuracyOfGuest(
  architecture: Architecture,
  weights: LoadedWeights,
  started: Started,
  watching: Watching,
): Promise<Answer<Accuracy>> {
  const task = { testSet: testSetOf(weights), format: formatOf(architecture, weights) };
  const guest = { architecture, weights, batch: batchSize };
  return withGuest(guest, started, async (network, provenance) => {
    const counted = await countRight(network, task, started, watching);
    return { architecture, weights: weights.info.identity, value: { ...counted, provenance } };
  });
}

/** @throws EngineError `badInput` */
function testSetOf({ testSet }: LoadedWeights): TestSetFiles {
  if (testSet) return testSet;
  const message = "There are labelled images only for the bundled network: load its weights first.";
  throw new EngineError("badInput", message);
}

/** @throws the signal's reason; EngineError where the test images cannot be had; what the device has reported. */
async function countRight(
  network: RunnableNetwork,
  { testSet, format }: { readonly testSet: TestSetFiles; readonly format: InputFormat },
  { check }: Started,
  { signal, onProgress, places, letOthersIn }: Watching,
): Promise<Omit<Accuracy, "provenance">> {
  const { sprite, tile, columns, labels } = await fetchTestSet(testSet, places, signal);
  const picture = await decodeImage(sprite);
  let right = 0;
  for (let start = 0; start < labels.length; start += batchSize) {
    await letOthersIn();
    signal.throwIfAborted();
    const batch = labels.slice(start, start + batchSize);
    const inputs = batch.map((_, i) =>
      toInput(format, seenBy(format, cutTile(picture, tile, columns, start + i))),
    );
    const logits = rows(await network.run(joined(inputs), batch.length), batch.length);
    check();
    right += batch.filter((label, i) => argmax(logits[i] ?? new Float32Array()) === label).length;
    onProgress?.(
      (start + batch.length) / labels.length,
      `${start + batch.length} of ${labels.length} images`,
    );
  }
  if (labels.length === 0) throw new EngineError("badInput", "The test set has no images.");
  return { top1: right / labels.length, images: labels.length };
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
