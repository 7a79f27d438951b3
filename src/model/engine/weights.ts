/** @file The checkpoint that is loaded, and what a network of any architecture gets from it. */
import type { Architecture } from "../architecture/schema.ts";
import type { LayerGraph } from "../graph/types.ts";
import { imagenetClassNames } from "../image/classNames.ts";
import { imagenetPreprocessing, type Preprocessing } from "../image/transform.ts";
import { EngineError } from "../runtime/errors.ts";
import { openCache } from "../weights/cache.ts";
import { readCheckpoint } from "../weights/checkpoint.ts";
import { initialTensor } from "../weights/initial.ts";
import { fetchManifest, type LoadedEntry, loadEntry } from "../weights/load.ts";
import type { ManifestEntry } from "../weights/manifest.ts";
import { type Recognition, recogniseArchitecture } from "../weights/recognise.ts";
import { blobSource } from "../weights/source.ts";
import { CheckpointError, type TensorMap } from "../weights/tensorMap.ts";
import { type TensorFate, transfer } from "../weights/transfer.ts";
import type { OnProgress, Places, WeightsInfo, WeightsRequest } from "./api.ts";

/** What a network gets: every tensor it needs, and the share of its parameters that is the checkpoint's. */
export interface CarriedOver {
  readonly tensors: TensorMap;
  readonly fates: readonly TensorFate[];
  readonly carried: number;
  /** It is the checkpoint's own network: every tensor as it was, none left out. */
  readonly isWhole: boolean;
}

export interface LoadedWeights {
  readonly info: WeightsInfo;
  /** Of the checkpoint; the image size is the network's own. */
  readonly preprocessing: Preprocessing;
  /** Labelled test images, where the checkpoint comes with some. */
  readonly testSet?: NonNullable<ManifestEntry["testSet"]>;
  /** By index; empty where the classes are not known by name. */
  classNames(numClasses: number): Promise<readonly string[]>;
  /** Arrays that an edit did not touch are the same objects in the next call, so that they are not uploaded again. */
  carryOver(architecture: Architecture, graph: LayerGraph): CarriedOver;
}

interface LoadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress | undefined;
}

/** @throws CheckpointError; the signal's reason. */
export async function loadWeights(
  request: WeightsRequest,
  places: Places,
  options: LoadOptions,
): Promise<LoadedWeights> {
  switch (request.kind) {
    case "manifest":
      return fromManifest(request, places, options);
    case "file":
      return fromFile(request.file, request.name);
    case "untrained":
      return untrained();
    default:
      return request satisfies never;
  }
}

/** No checkpoint: networks start as training would. */
export function untrained(): LoadedWeights {
  const drawn = new Map<string, Float32Array>();
  return {
    info: {
      id: "untrained",
      kind: "untrained",
      origin: "drawn by the paper's initialisation",
      bytes: 0,
      verified: true,
    },
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
      return { tensors: new Map(tensors), fates: [], carried: 0, isWhole: false };
    },
  };
}

async function fromManifest(
  { id, allowLarge }: WeightsRequest & { kind: "manifest" },
  { site, hub }: Places,
  { signal, onProgress }: LoadOptions,
): Promise<LoadedWeights> {
  const { entries } = await fetchManifest(site, { signal });
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw new EngineError("weights", `The manifest has no checkpoint ${id}.`);
  const loaded = await loadEntry(entry, {
    site,
    signal,
    cache: openCache(),
    allowLarge: () => allowLarge,
    ...(hub === undefined ? {} : { hub }),
    ...(onProgress
      ? {
          onReceived: (received, total) =>
            onProgress(total ? received / total : 0, megabytes(received, total)),
        }
      : {}),
  });
  const recognition = recogniseArchitecture(loaded.checkpoint.tensors, {
    imageSize: entry.preprocessing.imageSize,
  });
  const { preprocessing, testSet } = entry;
  const names = entry.classNames;
  return {
    info: entryInfo(loaded, recognition),
    preprocessing,
    ...(testSet ? { testSet } : {}),
    classNames: async (numClasses) => {
      const known = names === "imagenet-1k" ? await imagenetClassNames() : names;
      return known.length === numClasses ? known : [];
    },
    carryOver: carryOverFrom(recognition),
  };
}

function entryInfo({ entry, origin, pinned, bytes }: LoadedEntry, recognition: Recognition): WeightsInfo {
  const architecture = architectureOf(recognition);
  return {
    id: entry.id,
    kind: "manifest",
    architecture: {
      ...architecture,
      name: entry.architecture === "resnet50" ? entry.id : (entry.architecture.name ?? entry.id),
    },
    dataset: entry.dataset,
    origin: { "same host": "this host", cache: "this browser's cache", hub: "the Hugging Face hub" }[origin],
    bytes,
    verified: pinned,
  };
}

async function fromFile(file: Blob, name: string): Promise<LoadedWeights> {
  const { tensors } = await readCheckpoint(blobSource(file));
  const recognition = recogniseArchitecture(tensors);
  const architecture: Architecture = { ...architectureOf(recognition), name };
  return {
    info: { id: name, kind: "file", architecture, origin: "a file", bytes: file.size, verified: false },
    preprocessing: imagenetPreprocessing(architecture.imageSize, 0.875),
    // A file does not say its classes; a thousand of them are ImageNet's in all the networks that are known here.
    classNames: async (numClasses) => {
      const known = await imagenetClassNames();
      return known.length === numClasses ? known : [];
    },
    carryOver: carryOverFrom(recognition),
  };
}

/** @throws CheckpointError `wrongArchitecture` where the checkpoint does not hold a whole network. */
function architectureOf({ architecture, missing, misshaped }: Recognition): Architecture {
  if (architecture === "resnet50") {
    throw new CheckpointError("wrongArchitecture", "ResNet-50 is a fixed baseline and cannot be edited.");
  }
  const wrong = [...missing, ...misshaped.map(({ key }) => key)];
  if (wrong.length > 0) {
    const named = wrong.slice(0, 3).join(", ") + (wrong.length > 3 ? ` and ${wrong.length - 3} more` : "");
    throw new CheckpointError(
      "wrongArchitecture",
      `The checkpoint lacks tensors, or has them in another shape: ${named}.`,
    );
  }
  return architecture;
}

function carryOverFrom(recognition: Recognition): LoadedWeights["carryOver"] {
  const source = { architecture: architectureOf(recognition), tensors: recognition.tensors };
  return (architecture) => {
    const { tensors, fates, carried, dropped } = transfer(source, architecture);
    const isWhole = dropped.length === 0 && fates.every(({ rule }) => rule === "exact");
    return { tensors, fates, carried, isWhole };
  };
}

function megabytes(received: number, total: number | undefined): string {
  const of = total ? ` of ${(total / 1e6).toFixed(1)}` : "";
  return `${(received / 1e6).toFixed(1)}${of} MB`;
}
