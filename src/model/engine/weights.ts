/** @file The checkpoint that is loaded, and what a network of any architecture gets from it. */
import type { Architecture } from "../architecture/schema.ts";
import type { LayerGraph } from "../graph/types.ts";
import { imagenetPreprocessing, type Preprocessing } from "../image/transform.ts";
import { initialTensor } from "../weights/initial.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import type { TensorFate } from "../weights/transfer.ts";
import type { OnProgress, Places, WeightsInfo, WeightsRequest } from "./api.ts";
import type { TestSetFile } from "./testSet.ts";

/** What a network gets: every tensor it needs, and the share of its parameters that is the checkpoint's. */
export interface CarriedOver {
  readonly tensors: TensorMap;
  readonly fates: readonly TensorFate[];
  readonly carried: number;
}

export interface LoadedWeights {
  readonly info: WeightsInfo;
  readonly preprocessing: Preprocessing;
  /** Labelled test images, where the checkpoint comes with some. */
  readonly testSet?: TestSetFile;
  classNames(numClasses: number): Promise<readonly string[]>;
  /** Arrays that an edit did not touch are the same objects in the next call, so that they are not uploaded again. */
  carryOver(architecture: Architecture, graph: LayerGraph): CarriedOver;
}

/** No checkpoint: networks start as training would. */
export function untrained(): LoadedWeights {
  const drawn = new Map<string, Float32Array>();
  return {
    info: { id: "untrained", kind: "untrained", origin: "none", bytes: 0, verified: true },
    preprocessing: imagenetPreprocessing(224, 0.875),
    classNames: async () => [],
    carryOver: (_architecture, graph) => {
      const specs = graph.nodes.flatMap((node) => node.tensors);
      const tensors = specs.map((spec) => {
        const known = `${spec.key} ${spec.shape.join()}`;
        const data = drawn.get(known) ?? initialTensor(spec);
        drawn.set(known, data);
        return [spec.key, { shape: spec.shape, data }] as const;
      });
      return { tensors: new Map(tensors), fates: [], carried: 0 };
    },
  };
}

export async function loadWeights(
  request: WeightsRequest,
  _places: Places,
  _options: { readonly signal: AbortSignal; readonly onProgress: OnProgress | undefined },
): Promise<LoadedWeights> {
  switch (request.kind) {
    default:
      return untrained();
  }
}
