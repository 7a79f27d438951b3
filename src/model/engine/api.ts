/**
 * @file The one interface between a page (or the command line) and the engine that owns the GPU.
 *
 * The engine holds one checkpoint, one network and one image. Everything crosses a worker boundary by structured clone;
 * callbacks are wrapped with comlink's `proxy`. Calls are run one after the other, in order, but for two exceptions: what a
 * person is waiting for (a build, a picture, a prediction) comes in between the rounds of a measurement and the batches of an
 * accuracy, and a build that a newer one has overtaken ends with `superseded`.
 *
 * A network, its weights, their transform and class names are one value: answers are about that, and say so.
 */
import type { Rates } from "../analysis/roofline.ts";
import type { Architecture } from "../architecture/schema.ts";
import type { Measurement, MeasureRequest } from "../benchmark/measurement.ts";
import type { AnyNetwork } from "../graph/network.ts";
import type { RgbImage } from "../image/transform.ts";
import type { BackendChoice, BackendInfo, BackendName } from "../runtime/backends.ts";
import type { EngineErrorCode } from "../runtime/errors.ts";
import type { KernelChoice } from "../runtime/runnable.ts";
import type { Misshaped } from "../weights/recognise.ts";
import type { TensorFate } from "../weights/transfer.ts";

export type { LatencyStatistics, Measurement, MeasureRequest } from "../benchmark/measurement.ts";
export type { BackendChoice, BackendInfo } from "../runtime/backends.ts";
export type { EngineErrorCode } from "../runtime/errors.ts";
export type { KernelChoice } from "../runtime/runnable.ts";

/** Where a network's weights come from. */
export type WeightsRequest =
  /** An entry of the manifest, fetched from this host, the cache or the hub. */
  | { readonly kind: "manifest"; readonly id: string; readonly allowLarge: boolean }
  /** A file that the person gave. */
  | { readonly kind: "file"; readonly file: Blob; readonly name: string }
  /** None: the network starts as training would. */
  | { readonly kind: "untrained" };

/** The weights that are loaded now. */
export interface WeightsInfo {
  /** Manifest id, file name or `untrained`. */
  readonly id: string;
  /** Equal only for equal weights: the file's SHA-256, `untrained`, or a name of this load where no hash is known. */
  readonly identity: string;
  readonly kind: WeightsRequest["kind"];
  /** The architecture that they were trained in; absent for `untrained`. */
  readonly architecture?: Architecture;
  /** Data set, as `imagenet-1k` or `fashion-mnist`; absent where unknown. */
  readonly dataset?: string;
  /** Where they were found, in words: this host, the cache, the hub, a file. */
  readonly origin: string;
  readonly bytes: number;
  /** False where the file could not be checked against a known hash. */
  readonly verified: boolean;
  /** Keys of the file that its network has no use for. */
  readonly extra?: readonly string[];
}

/** A checkpoint's keys against those of the network that its tensors are of. */
export interface CheckpointKeys {
  /** Tensors that have their place. */
  readonly matched: number;
  /** Keys that the network needs and the file lacks. */
  readonly missing: readonly string[];
  /** Keys that the network has no use for. */
  readonly extra: readonly string[];
  readonly misshaped: readonly Misshaped[];
}

/** How honestly predictions may be called pretrained. */
export interface Provenance {
  /** `pretrained` only for the checkpoint's own network; an edit can carry every weight over and still not be that. */
  readonly badge: "pretrained" | "partly pretrained" | "untrained";
  /** Share of the network's parameters that carried over from the checkpoint, 0 to 1. */
  readonly carried: number;
  /** What the checkpoint was trained on, as `imagenet-1k`; absent for untrained networks. */
  readonly dataset?: string;
}

/** A result, and the network that it is about: an edit makes it stale, not wrong. */
export interface About<T, N extends AnyNetwork = Architecture> {
  readonly architecture: N;
  readonly value: T;
}

/** What a network with weights answers: about that network, and about the weights that were carried over into it. */
export interface Answer<T> extends About<T> {
  /** `identity` of these weights. */
  readonly weights: string;
}

export interface BuildReport {
  readonly provenance: Provenance;
  /** What runs the network now. */
  readonly kernels: KernelChoice;
  /** GPU programs that had to be compiled. TensorFlow.js compiles its own at the first forward; they do not count. */
  readonly compiled: number;
  readonly fates: readonly TensorFate[];
  /** Milliseconds from the call to a network that is ready to run. */
  readonly buildMs: number;
  /** Weights that had to be uploaded, and those that were already there. */
  readonly uploaded: number;
  readonly reused: number;
  /** Tensors and bytes that the engine holds after the build. */
  readonly tensors: number;
  readonly bytes: number;
}

/**
 * `superseded`: a newer build was asked for before this one was done. `weights` are the `identity` of those that were carried
 * over: the newest that were loaded.
 */
export type BuildResult =
  | { readonly kind: "built"; readonly weights: string; readonly report: BuildReport }
  | { readonly kind: "superseded" };

export interface ClassProbability {
  readonly index: number;
  readonly label: string;
  /** 0 to 1. */
  readonly probability: number;
}

export interface Prediction {
  /** The picture that it is about, as `setImage` was told its name; absent where it was told none. */
  readonly picture?: string;
  /** The most probable classes, best first; 5, or as many as there are. */
  readonly top: readonly ClassProbability[];
  /** Milliseconds from the input's upload to the logits on the CPU, one image. */
  readonly ms: number;
  readonly provenance: Provenance;
  /** What the network saw: RGBA bytes of the crop, `size` x `size`. */
  readonly seen: { readonly size: number; readonly rgba: Uint8ClampedArray<ArrayBuffer> };
}

/** Outputs of nodes or groups of a network for a picture, by id. */
export interface Features {
  /** As in {@link Prediction}. */
  readonly picture?: string;
  readonly byId: ReadonlyMap<string, Feature>;
}

/** One node's output for the present image. */
export interface Feature {
  /** `[N, C, H, W]` of a map, `[N, C]` of a vector. */
  readonly shape: readonly number[];
  readonly mean: number;
  /** Standard deviation with n - 1, as `torch.std`. */
  readonly std: number;
  /** Elements in the order of `shape`. */
  readonly data: Float32Array;
}

/**
 * Milliseconds of every operation of a network for one image, each timed on its own: the sum is not the latency.
 * Fused kernels do several layers in one operation. How its time is shared among them cannot be seen, so it stands at the
 * layer whose output it gives.
 */
export interface Profile {
  readonly backend: BackendInfo;
  readonly kernels: KernelChoice;
  readonly msByNode: ReadonlyMap<string, number>;
  /** The layers that an operation stands for, itself included, by the same id. */
  readonly covers: ReadonlyMap<string, readonly string[]>;
  /** The GPU's own clock, or the browser's, which also sees how long the GPU is kept waiting. */
  readonly timer: "timestamp" | "clock";
  /** Step of that clock, in milliseconds; what is shorter than ten steps is repeated. */
  readonly resolutionMs: number;
  /** Milliseconds below which the clock tells nothing, however often an operation was repeated. */
  readonly leastMs: number;
  /** Milliseconds of all operations in one go, by the same clock. */
  readonly forwardMs: number;
}

/** What the device does at its best, measured. */
export interface DeviceRates extends Rates {
  readonly backend: BackendInfo;
}

export interface Accuracy {
  readonly top1: number;
  readonly images: number;
  readonly provenance: Provenance;
}

/** One way to run the present network. */
export interface VerifiedRun {
  readonly backend: BackendName;
  readonly kernels: KernelChoice;
  /** Milliseconds of the forward, of whatever had to be compiled for it too. */
  readonly ms: number;
  /** Largest difference of its logits from the reference's, in standard deviations of those. */
  readonly difference: number;
}

/** How far the ways to run the present network lie apart. */
export interface Verification {
  /** On the present backend: what predicts, and stock operations. */
  readonly runs: readonly VerifiedRun[];
  /** What they are compared with: stock operations in plain JavaScript. */
  readonly reference: Omit<VerifiedRun, "difference">;
}

/** What was published for a class, and what was found: probabilities from 0 to 1. */
export interface PublishedClass {
  readonly label: string;
  readonly expected: number;
  readonly found: number;
}

/** Whether the published numbers come out here. */
export type PublishedCheck =
  /** The weights would have to be downloaded first. */
  | { readonly kind: "missing" }
  | {
      readonly kind: "checked";
      readonly isVerified: boolean;
      readonly classes: readonly PublishedClass[];
      readonly backend: BackendInfo;
      /** Where the weights were found, in words. */
      readonly origin: string;
    };

/** Share of a long task that is done, 0 to 1, and what is being done in a few words. */
export type OnProgress = (done: number, what: string) => void;

/** Where the engine finds what it fetches. */
export interface Places {
  /** Absolute URL of the folder that the page is in; `weights/manifest.json` lies below it. */
  readonly site: string;
  /** Base URL of the weights hub, where it is not the public one. */
  readonly hub?: string;
}

/** A batch that is ready for the network. */
export interface Batch {
  /** Normalised, in the order of `shape`. */
  readonly data: Float32Array;
  /** `[N, C, H, W]`. */
  readonly shape: readonly [number, number, number, number];
}

export interface RunRequest {
  /** The present image where absent. */
  readonly batch?: Batch;
  /** Ids of nodes or groups whose outputs are wanted. */
  readonly features: readonly string[];
}

export interface RunResult {
  /** `[N][numClasses]`. */
  readonly logits: readonly Float32Array[];
  /** The most probable classes of each image, best first. */
  readonly top: readonly (readonly ClassProbability[])[];
  readonly features: ReadonlyMap<string, Feature>;
}

/** Hears at once that the device is lost, has no room or refused a program, also between calls. */
export type OnFailure = (code: EngineErrorCode, message: string) => void;

export interface Engine {
  /** Starts or restarts on a backend. Whatever was built before is gone. */
  start(choice: BackendChoice, places: Places, onFailure?: OnFailure): Promise<BackendInfo>;
  loadWeights(request: WeightsRequest, onProgress?: OnProgress): Promise<WeightsInfo>;
  /**
   * Builds the architecture with the loaded weights carried over. While its programs compile, the network before it goes
   * on answering. Without `kernels` it runs on the backend's fastest.
   */
  build(architecture: Architecture, kernels?: KernelChoice): Promise<BuildResult>;
  /**
   * Sets the image that is predicted. A worker cannot draw SVG: decode that on the page.
   * @param name What answers about it call it.
   * @throws `badInput` with a sentence that can be shown; the image before stays.
   */
  setImage(
    image: Blob | RgbImage,
    name?: string,
  ): Promise<{ readonly width: number; readonly height: number }>;
  predict(): Promise<Answer<Prediction>>;
  /** Outputs of nodes or groups for the present image. */
  features(ids: readonly string[]): Promise<Answer<Features>>;
  /** Runs the present network on any batch, or on the present image. */
  run(request: RunRequest): Promise<RunResult>;
  /**
   * Times the variants in turn. Rounds that a hidden page or a busy machine disturbed are run again, as `rounds.ts` says.
   * @throws `overLimits` where the variants do not fit the device, `failed` where not one round was undisturbed.
   */
  measure(request: MeasureRequest, onProgress?: OnProgress): Promise<Measurement>;
  /** Tells whether the page is hidden. Heard beside the queue of calls: a measurement that is running takes note. */
  setHidden(isHidden: boolean): Promise<void>;
  /** Of the present network, or of another one that is built for it, with seeded weights and the fastest kernels. */
  profile(onProgress?: OnProgress, other?: AnyNetwork): Promise<About<Profile, AnyNetwork>>;
  /** How fast the backend multiplies and copies: by the matrix product that networks run, and by a copy of large buffers. */
  rates(onProgress?: OnProgress): Promise<DeviceRates>;
  /**
   * Top-1 on the labelled test images that came with the weights: of the present network, or of another one that is built
   * for it with the loaded weights carried over, as a guest: the present one stays.
   */
  accuracy(onProgress?: OnProgress, other?: Architecture): Promise<Answer<Accuracy>>;
  /**
   * Runs the present network on the present image, or on noise where there is none, with its own kernels, with stock ones
   * and on the cpu backend, which takes seconds to minutes.
   */
  verify(onProgress?: OnProgress): Promise<Answer<Verification>>;
  /**
   * Runs InceptionNeXt-T's official weights on the bundled photograph and compares with the published probabilities. The
   * present network, its weights and its image stay. `allowLarge`: the weights may be downloaded.
   */
  checkPublished(allowLarge: boolean, onProgress?: OnProgress): Promise<PublishedCheck>;
  /** What a checkpoint has and lacks; needs no backend. @throws `weights` for what is no checkpoint of a known network. */
  inspectFile(file: Blob): Promise<CheckpointKeys>;
  /** Ends what is running of this kind with the error `cancelled`, and nothing else. */
  cancel(kind: CancelKind): Promise<void>;
}

/** `task`: the measurement, profile, rates, check or accuracy; `download`: that of weights which are to be loaded. */
export type CancelKind = "task" | "download";
