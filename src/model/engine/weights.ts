/** @file The checkpoint that is loaded, and what a network of any architecture gets from it. */

import type { Architecture } from "../architecture/schema.ts";
import { isFixed } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { imagenetClassNames } from "../image/classNames.ts";
import { imagenetPreprocessing, type Preprocessing } from "../image/transform.ts";
import { EngineError } from "../runtime/errors.ts";
import { openCache } from "../weights/cache.ts";
import { readCheckpoint } from "../weights/checkpoint.ts";
import { entryOfFile } from "../weights/identify.ts";
import { initialTensor } from "../weights/initial.ts";
import { fetchManifest, loadEntry } from "../weights/load.ts";
import type { ManifestEntry } from "../weights/manifest.ts";
import { type Recognition, recogniseArchitecture } from "../weights/recognise.ts";
import { blobSource } from "../weights/source.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { trainedNetworkOf } from "../weights/trainedNetwork.ts";
import { memoOf } from "../weights/transfer/memo.ts";
import { type TensorFate, type TrainedNetwork, transfer } from "../weights/transfer.ts";
import type { OnProgress, Places, Provenance, WeightsInfo, WeightsRequest } from "./api.ts";

/** What a network gets: every tensor it needs, and the share of its parameters that is the checkpoint's. */
export interface CarriedOver {
  readonly tensors: TensorMap;
  readonly fates: readonly TensorFate[];
  readonly carried: number;
  /** It is the checkpoint's own network. */
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

/** How honestly the predictions of a network that got this may be called pretrained. */
export function provenanceOf({ info }: LoadedWeights, { carried, isWhole }: CarriedOver): Provenance {
  const badge = carried === 0 ? "untrained" : isWhole ? "pretrained" : "partly pretrained";
  const { dataset } = info;
  return { badge, carried, ...(dataset && carried > 0 ? { dataset } : {}) };
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
      return fromFile(request.file, request.name, places, options);
    case "untrained":
      return untrained();
    default:
      return request satisfies never;
  }
}

/** No checkpoint: networks start as training would. */
export function untrained(): LoadedWeights {
  const drawn: TensorMap = new Map();
  return {
    info: {
      id: "untrained",
      identity: "untrained",
      kind: "untrained",
      origin: "drawn by the paper's initialisation",
      bytes: 0,
      verified: true,
    },
    preprocessing: imagenetPreprocessing(224, 0.875),
    classNames: async () => [],
    carryOver: (_architecture, graph) => {
      const specs = graph.nodes.flatMap((node) => node.tensors);
      const memo = memoOf(drawn);
      const tensors = specs.map((spec) => {
        const data = memo(`${spec.key} ${spec.shape.join()}`, () => initialTensor(spec));
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
  const { recognition, origin, pinned, bytes, sha256 } = loaded;
  return fromEntry(entry, recognition, {
    kind: "manifest",
    identity: sha256,
    origin: { "same host": "this host", cache: "this browser's cache", hub: "the Hugging Face hub" }[origin],
    bytes,
    verified: pinned,
  });
}

/** @param found What the entry does not say. */
function fromEntry(
  entry: ManifestEntry,
  recognition: Recognition,
  found: Pick<WeightsInfo, "kind" | "identity" | "origin" | "bytes" | "verified">,
): LoadedWeights {
  const { id, dataset, preprocessing, testSet, classNames: names } = entry;
  const network = trainedNetworkOf(recognition);
  const name = isFixed(entry.architecture) ? id : (entry.architecture.name ?? id);
  return {
    info: {
      id,
      architecture: { ...network.architecture, name },
      dataset,
      extra: recognition.extra,
      ...found,
    },
    preprocessing,
    ...(testSet ? { testSet } : {}),
    classNames: async (numClasses) => {
      const known = names === "imagenet-1k" ? await imagenetClassNames() : names;
      return known.length === numClasses ? known : [];
    },
    carryOver: carryOverFrom(network),
  };
}

async function fromFile(
  file: Blob,
  name: string,
  { site }: Places,
  { signal }: LoadOptions,
): Promise<LoadedWeights> {
  const source = blobSource(file);
  const { tensors } = await readCheckpoint(source);
  // Of a file that nobody knows, another one of its name is told apart by the load.
  const identity = `${name} ${crypto.randomUUID()}`;
  const found = { kind: "file", identity, origin: "a file", bytes: file.size } as const;
  const known = await entryOfFile(source, await knownEntries(site, signal));
  if (known) {
    const { entry, sha256 } = known;
    const { imageSize } = entry.preprocessing;
    const verified = { ...found, identity: sha256, verified: true };
    return fromEntry(entry, recogniseArchitecture(tensors, { imageSize }), verified);
  }
  const recognised = recogniseArchitecture(tensors);
  const network = trainedNetworkOf(recognised);
  const architecture: Architecture = { ...network.architecture, name };
  return {
    info: { id: name, architecture, verified: false, extra: recognised.extra, ...found },
    preprocessing: imagenetPreprocessing(architecture.imageSize, 0.875),
    // A file does not say its classes; a thousand of them are ImageNet's in all the networks that are known here.
    classNames: async (numClasses) => {
      const names = await imagenetClassNames();
      return names.length === numClasses ? names : [];
    },
    carryOver: carryOverFrom(network),
  };
}

/** None where the manifest cannot be had: a file can be used all the same. */
async function knownEntries(site: string, signal: AbortSignal): Promise<readonly ManifestEntry[]> {
  try {
    return (await fetchManifest(site, { signal })).entries;
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

function carryOverFrom(source: TrainedNetwork): LoadedWeights["carryOver"] {
  return (architecture) => transfer(source, architecture);
}

function megabytes(received: number, total: number | undefined): string {
  const of = total ? ` of ${(total / 1e6).toFixed(1)}` : "";
  return `${(received / 1e6).toFixed(1)}${of} MB`;
}
