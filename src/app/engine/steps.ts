/** @file What the page wants of the engine, what the engine has, and the one step that comes next. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type { WeightsRequest } from "../../model/engine/api.ts";
import type { RgbImage } from "../../model/image/transform.ts";
import type { BackendChoice } from "../../model/runtime/backends.ts";
import { sameNetwork } from "../network/sameNetwork.ts";

export interface Wanted {
  readonly choice: BackendChoice;
  readonly weights?: WeightsRequest | undefined;
  readonly image?: WantedImage | undefined;
  readonly architecture?: Architecture | undefined;
}

/** Told apart by identity. */
export interface WantedImage {
  readonly image: Blob | RgbImage;
  /** What answers about it call it. */
  readonly name: string | undefined;
}

/** A network and the weights that were carried over into it. */
interface Network {
  readonly architecture: Architecture;
  readonly weights: WeightsRequest;
}

/** What one worker holds; nothing where it has just been started. */
export interface Actual {
  readonly choice?: BackendChoice;
  readonly weights?: WeightsRequest;
  readonly image?: WantedImage;
  readonly network?: Network;
  readonly predicted?: { readonly network: Network; readonly image: WantedImage };
  /** Weights that are on their way while the rest goes on. */
  readonly loading?: WeightsRequest | undefined;
}

export type Step =
  | { readonly kind: "start"; readonly choice: BackendChoice }
  | { readonly kind: "load"; readonly weights: WeightsRequest }
  | { readonly kind: "awaitWeights" }
  | { readonly kind: "showImage"; readonly image: WantedImage }
  | { readonly kind: "build"; readonly network: Network }
  | { readonly kind: "predict"; readonly network: Network; readonly image: WantedImage };

/** The next step from `actual` towards `wanted`; undefined where there is none to take. */
export function nextStep(wanted: Wanted, actual: Actual): Step | undefined {
  const { choice, weights, image, architecture } = wanted;
  if (actual.choice !== choice) return { kind: "start", choice };
  if (weights && weights !== actual.weights && !actual.loading) return { kind: "load", weights };
  if (!actual.weights) return actual.loading ? { kind: "awaitWeights" } : undefined;
  if (image && image !== actual.image) return { kind: "showImage", image };
  if (!architecture) return undefined;
  const { network, predicted } = actual;
  if (!network || network.weights !== actual.weights || !sameNetwork(network.architecture, architecture)) {
    return { kind: "build", network: { architecture, weights: actual.weights } };
  }
  const isPredicted = predicted?.network === network && predicted.image === image;
  return image && !isPredicted ? { kind: "predict", network, image } : undefined;
}
