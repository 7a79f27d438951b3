/** @file Runs the published check beside the present network, which stays as it is. */
import { decodeImage } from "../image/decode.ts";
import { imagenetPreprocessing, normalise, squash } from "../image/transform.ts";
import { EngineError } from "../runtime/errors.ts";
import { CheckpointError } from "../weights/tensorMap.ts";
import type { OnProgress, Places } from "./api.ts";
import { isPublishedCheckpoint, publishedCheck } from "./publishedCheck.ts";
import { type LoadedWeights, loadWeights } from "./weights.ts";

export interface PublishedInputs {
  readonly weights: LoadedWeights;
  /** The photograph as the check wants it, `[imageSize, imageSize, 3]`. */
  readonly pixels: Float32Array;
}

/**
 * The weights and the photograph; `declined` where the weights would have to be downloaded and that is not allowed.
 * @param present Used where they are the ones that the check is about.
 * @throws CheckpointError, ImageError; EngineError `failed` where the photograph is not on this host; the signal's reason.
 */
export async function publishedInputs(
  present: LoadedWeights,
  places: Places,
  options: {
    readonly allowLarge: boolean;
    readonly signal: AbortSignal;
    readonly onProgress: OnProgress | undefined;
  },
): Promise<PublishedInputs | "declined"> {
  const { allowLarge, signal, onProgress } = options;
  try {
    const request = { kind: "manifest", id: publishedCheck.weights, allowLarge } as const;
    const weights = isPublishedCheckpoint(present.info)
      ? present
      : await loadWeights(request, places, { signal, onProgress });
    return { weights, pixels: await photograph(places, signal) };
  } catch (error) {
    if (error instanceof CheckpointError && error.code === "declined") return "declined";
    throw error;
  }
}

async function photograph({ site }: Places, signal: AbortSignal): Promise<Float32Array> {
  const { picture, imageSize } = publishedCheck;
  const response = await fetch(new URL(picture, site), { signal }).catch(() => undefined);
  signal.throwIfAborted();
  if (!response?.ok) throw new EngineError("failed", `The photograph ${picture} is not on this host.`);
  const image = await decodeImage(await response.blob());
  return normalise(squash(image, imageSize), imagenetPreprocessing(imageSize, 1));
}
