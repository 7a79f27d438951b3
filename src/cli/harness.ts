/**
 * @file The page that the command line drives. It starts the engine in its worker, as the app does, and puts what the
 * commands need on `window`.
 */
import { wrap } from "comlink";
import type { Architecture } from "../model/architecture/schema.ts";
import type {
  BackendChoice,
  BackendInfo,
  ClassProbability,
  Engine,
  EngineErrorCode,
  Feature,
  Measurement,
  MeasureRequest,
  Provenance,
} from "../model/engine/api.ts";
import { decodeImage } from "../model/image/decode.ts";
import { evaluationCrop, type Preprocessing } from "../model/image/transform.ts";
import { engineErrorCode } from "../model/runtime/errors.ts";

/** A file that the server of this page hands out. */
export interface ServedFile {
  readonly url: string;
  readonly name: string;
}

export interface PredictOrder {
  readonly backend: BackendChoice;
  readonly architecture: Architecture;
  readonly weights: ServedFile;
  /** A picture, or little-endian float32 of this shape: a normalised batch, `[N, C, H, W]`. */
  readonly input: ServedFile & { readonly shape?: readonly [number, number, number, number] };
  /** Ids of nodes or groups. */
  readonly features: readonly string[];
}

export interface Predicted {
  readonly backend: BackendInfo;
  readonly provenance: Provenance;
  /** One row an image. */
  readonly logits: readonly (readonly number[])[];
  readonly top: readonly (readonly ClassProbability[])[];
  readonly features: readonly (Omit<Feature, "data"> & { readonly id: string })[];
}

export interface BenchOrder {
  readonly backend: BackendChoice;
  readonly request: MeasureRequest;
}

export interface SweepOrder {
  readonly backend: BackendChoice;
  readonly requests: readonly MeasureRequest[];
}

export interface Swept {
  readonly backend: BackendInfo;
  /** Of the requests, in their order. */
  readonly outcomes: readonly Outcome<Measurement>[];
}

export interface PreprocessOrder extends Pick<Preprocessing, "imageSize" | "cropPct"> {
  readonly input: ServedFile;
}

/** Errors as values: of an exception in a page, only the text would reach the command line. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: EngineErrorCode; readonly message: string };

declare global {
  interface Window {
    readonly harness: {
      readonly predict: (order: PredictOrder) => Promise<Outcome<Predicted>>;
      /** RGB of the crop, 3 bytes a pixel. */
      readonly preprocess: (order: PreprocessOrder) => Promise<Outcome<Uint8Array>>;
      readonly bench: (order: BenchOrder) => Promise<Outcome<Measurement>>;
      readonly sweep: (order: SweepOrder) => Promise<Outcome<Swept>>;
    };
  }
}

const worker = new Worker(new URL("../model/engine/worker.ts", import.meta.url), { type: "module" });
const engine = wrap<Engine>(worker);
const crash = new Promise<never>((_, reject) => {
  worker.addEventListener("error", (event) => {
    reject(new Error(event.message || "The worker that runs the network could not be loaded."));
  });
});

Object.assign(window, {
  harness: {
    predict: (order) => outcome(() => predict(order)),
    preprocess: (order) => outcome(() => preprocess(order)),
    bench: (order) => outcome(() => bench(order)),
    sweep: (order) => outcome(() => sweep(order)),
  } satisfies Window["harness"],
});

async function predict({
  backend: choice,
  architecture,
  weights,
  input,
  features,
}: PredictOrder): Promise<Predicted> {
  const backend = await start(choice);
  await engine.loadWeights({ kind: "file", file: await blobOf(weights), name: weights.name });
  const built = await engine.build(architecture);
  if (built.kind !== "built") throw new Error("The network was not built.");
  const blob = await blobOf(input);
  if (!input.shape) await engine.setImage(await decodeImage(blob));
  const result = await engine.run({
    ...(input.shape
      ? { batch: { data: new Float32Array(await blob.arrayBuffer()), shape: input.shape } }
      : {}),
    features,
  });
  return {
    backend,
    provenance: built.report.provenance,
    logits: result.logits.map((row) => [...row]),
    top: result.top,
    features: [...result.features].map(([id, { shape, mean, std }]) => ({ id, shape, mean, std })),
  };
}

async function preprocess({ input, ...transform }: PreprocessOrder): Promise<Uint8Array> {
  const picture = await decodeImage(await blobOf(input));
  return new Uint8Array(evaluationCrop(picture, transform).data);
}

async function bench({ backend, request }: BenchOrder): Promise<Measurement> {
  await start(backend);
  return engine.measure(request);
}

/** One request after the other; one that fails does not end the others. */
async function sweep({ backend: choice, requests }: SweepOrder): Promise<Swept> {
  const backend = await start(choice);
  const outcomes: Outcome<Measurement>[] = [];
  for (const request of requests) {
    const measured = await outcome(() => engine.measure(request));
    outcomes.push(measured);
    // The device may be what failed.
    if (!measured.ok) await start(choice);
  }
  return { backend, outcomes };
}

function start(choice: BackendChoice): Promise<BackendInfo> {
  return engine.start(choice, { site: new URL("./", document.baseURI).href });
}

async function blobOf({ url }: ServedFile): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.blob();
}

async function outcome<T>(run: () => Promise<T>): Promise<Outcome<T>> {
  try {
    // A worker that died answers nothing any more.
    return { ok: true, value: await Promise.race([run(), crash]) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, code: engineErrorCode(error), message };
  }
}
