/**
 * @file The engine: one backend, one checkpoint, one network, one image. It runs in a worker; `api.ts` is what others see.
 */
import { overLimits } from "../analysis/limits.ts";
import { type Architecture, ArchitectureError } from "../architecture/schema.ts";
import { Visibility } from "../benchmark/visibility.ts";
import { lower } from "../graph/lower.ts";
import type { AnyNetwork } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { decodeImage } from "../image/decode.ts";
import type { RgbImage } from "../image/transform.ts";
import { type RunningBackend, startBackend } from "../runtime/backends.ts";
import {
  memoryInUse,
  type NetworkDevice,
  networkDevice,
  type PreparedNetwork,
  prepareNetwork,
} from "../runtime/build.ts";
import { EngineError, engineErrorCode } from "../runtime/errors.ts";
import { toChannelsLast } from "../runtime/layout.ts";
import { tune } from "../runtime/tuning.ts";
import { seededInput } from "../weights/seeded.ts";
import { measureAccuracy } from "./accuracy.ts";
import type {
  Accuracy,
  BackendChoice,
  BackendInfo,
  Batch,
  BuildResult,
  CheckpointKeys,
  DeviceRates,
  Engine,
  Feature,
  KernelChoice,
  Measurement,
  MeasureRequest,
  OnFailure,
  OnProgress,
  Places,
  Prediction,
  Profile,
  Provenance,
  PublishedCheck,
  RunRequest,
  RunResult,
  Verification,
  WeightsInfo,
  WeightsRequest,
} from "./api.ts";
import { publishedInputs, runApart } from "./checkPublished.ts";
import { topClasses } from "./classify.ts";
import { CurrentNetwork } from "./current.ts";
import { type InputFormat, seenBy, toInput, toRgba } from "./input.ts";
import { inspectFile } from "./inspect.ts";
import { measureVariants } from "./measure.ts";
import { profileNetwork, profileOther } from "./profile.ts";
import { published, verdictOf } from "./published.ts";
import { measureRates } from "./rates.ts";
import { letMessagesIn, SerialQueue } from "./serial.ts";
import { verifyNetwork } from "./verify.ts";
import { type LoadedWeights, loadWeights, untrained } from "./weights.ts";

/** A network that is being compiled, or is ready for its weights. */
interface Pending {
  readonly architecture: Architecture;
  readonly graph: LayerGraph;
  readonly kernels: KernelChoice | undefined;
  readonly device: NetworkDevice;
  readonly preparing: Promise<PreparedNetwork>;
  /** When the build was asked for. */
  readonly start: number;
}

export class NetworkEngine implements Engine {
  readonly #queue = new SerialQueue();
  readonly #visibility = new Visibility();
  #backend: RunningBackend | undefined;
  #places: Places = { site: "" };
  #device: NetworkDevice | undefined;
  #weights: LoadedWeights = untrained();
  #current: CurrentNetwork | undefined;
  #image: RgbImage | undefined;
  /** What the tiles were chosen for. */
  #tuned: NetworkDevice | undefined;
  /** Number of the newest build that was asked for. */
  #newestBuild = 0;
  /** Aborts every long call that is running. */
  #long = new AbortController();

  start(choice: BackendChoice, places: Places, onFailure?: OnFailure): Promise<BackendInfo> {
    return this.#run(async () => {
      this.#current?.dispose();
      this.#current = undefined;
      this.#device?.fused?.arena.dispose();
      this.#device = undefined;
      this.#backend?.close();
      this.#backend = undefined;
      this.#places = places;
      this.#backend = await startBackend(choice, (error) =>
        onFailure?.(engineErrorCode(error), error.message),
      );
      this.#device = networkDevice();
      return this.#backend.info;
    });
  }

  async loadWeights(request: WeightsRequest, onProgress?: OnProgress): Promise<WeightsInfo> {
    // Fetching takes long and needs no device, so the present network goes on answering meanwhile.
    const loaded = await translated(() =>
      loadWeights(request, this.#places, { signal: this.#long.signal, onProgress }),
    );
    return this.#run(async () => {
      this.#weights = loaded;
      return loaded.info;
    });
  }

  async build(architecture: Architecture, kernels?: KernelChoice): Promise<BuildResult> {
    this.#newestBuild += 1;
    const order = this.#newestBuild;
    const overtaken = () => order !== this.#newestBuild;
    const superseded = { kind: "superseded" } as const;
    const start = performance.now();
    const result = await this.#run(async () => {
      if (overtaken()) return superseded;
      const pending = this.#prepare(architecture, kernels, start);
      // With nothing to compile it is ready at once; and with no network before it, there is nobody to make room for.
      const prepared = await Promise.race([pending.preparing, letMessagesIn()]);
      return prepared || !this.#current ? this.#install(pending, await pending.preparing) : pending;
    });
    if ("kind" in result) return result;
    const prepared = await this.#guarded(() => result.preparing);
    return this.#run(async () => (overtaken() ? superseded : this.#install(result, prepared)));
  }

  setImage(image: Blob | RgbImage): Promise<{ readonly width: number; readonly height: number }> {
    return this.#run(async () => {
      this.#image = image instanceof Blob ? await decodeImage(image) : image;
      const { width, height } = this.#image;
      return { width, height };
    });
  }

  predict(): Promise<Prediction> {
    return this.#run(async () => {
      const { architecture, provenance } = this.#network();
      const format = this.#format(architecture);
      const seen = seenBy(format, this.#shown());
      const input = toInput(format, seen);
      const start = performance.now();
      const { logits } = await this.#forward(input, 1, []);
      const ms = performance.now() - start;
      const names = await this.#weights.classNames(architecture.numClasses);
      const top = topClasses(logits[0] ?? new Float32Array(), names);
      return { top, ms, provenance, seen: { size: seen.width, rgba: toRgba(seen) } };
    });
  }

  features(ids: readonly string[]): Promise<ReadonlyMap<string, Feature>> {
    return this.#run(async () => {
      const format = this.#format(this.#network().architecture);
      const input = toInput(format, seenBy(format, this.#shown()));
      return (await this.#forward(input, 1, ids)).features;
    });
  }

  run({ batch, features }: RunRequest): Promise<RunResult> {
    return this.#run(async () => {
      const { architecture } = this.#network();
      const format = this.#format(architecture);
      const pixels = batch ? pixelsOf(batch, architecture) : toInput(format, seenBy(format, this.#shown()));
      const result = await this.#forward(pixels, batch?.shape[0] ?? 1, features);
      const names = await this.#weights.classNames(architecture.numClasses);
      return { ...result, top: result.logits.map((logits) => topClasses(logits, names)) };
    });
  }

  measure(request: MeasureRequest, onProgress?: OnProgress): Promise<Measurement> {
    return this.#runLong(async (signal) => {
      await this.#tuneOnce((job) => job());
      return measureVariants(this.#started(), request, { signal, onProgress, visibility: this.#visibility });
    });
  }

  profile(onProgress?: OnProgress, other?: AnyNetwork): Promise<Profile> {
    return this.#runLong(async (signal) => {
      const watching = { signal, onProgress };
      if (other) return profileOther(this.#started(), other, watching);
      const { architecture, graph, network } = this.#network();
      const { imageSize: size, inChannels: channels } = architecture;
      const pixels = toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
      return profileNetwork(this.#started(), { graph, network, pixels }, watching);
    });
  }

  rates(onProgress?: OnProgress): Promise<DeviceRates> {
    return this.#runLong(async (signal) => {
      await this.#tuneOnce((job) => job());
      return measureRates(this.#started(), { signal, onProgress });
    });
  }

  accuracy(onProgress?: OnProgress): Promise<Accuracy> {
    return this.#runLong((signal) => {
      const { architecture, provenance } = this.#network();
      const format = this.#format(architecture);
      const { testSet } = this.#weights;
      if (!testSet) {
        throw new EngineError(
          "badInput",
          "There are labelled images only for the bundled network: load its weights first.",
        );
      }
      const classify = async (pixels: Float32Array, batch: number) =>
        (await this.#forward(pixels, batch, [])).logits;
      return measureAccuracy({ testSet, format, provenance, classify }, this.#places, { signal, onProgress });
    });
  }

  verify(onProgress?: OnProgress): Promise<Verification> {
    return this.#runLong((signal) => {
      const current = this.#network();
      const { imageSize: size, inChannels: channels } = current.architecture;
      const format = this.#format(current.architecture);
      const pixels = this.#image
        ? toInput(format, seenBy(format, this.#image))
        : toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
      return verifyNetwork(current, pixels, this.#started().info, { signal, onProgress });
    });
  }

  async checkPublished(allowLarge: boolean, onProgress?: OnProgress): Promise<PublishedCheck> {
    const { signal } = this.#long;
    const options = { allowLarge, signal, onProgress };
    // Beside the queue, as loading is.
    const inputs = await translated(() => publishedInputs(this.#weights, this.#places, options));
    if (inputs === "declined") return { kind: "missing" };
    return this.#run(async () => {
      signal.throwIfAborted();
      const { weights, pixels } = inputs;
      const started = this.#started();
      onProgress?.(1, "running the network");
      const logits = await runApart(weights, { pixels, batch: 1, size: published.imageSize }, started);
      started.check();
      const { origin } = weights.info;
      return { kind: "checked", ...verdictOf(logits), backend: started.info, origin };
    });
  }

  inspectFile(file: Blob): Promise<CheckpointKeys> {
    return translated(() => inspectFile(file));
  }

  async setHidden(isHidden: boolean): Promise<void> {
    this.#visibility.setHidden(isHidden);
  }

  async cancel(): Promise<void> {
    const running = this.#long;
    this.#long = new AbortController();
    running.abort(new EngineError("cancelled", "Cancelled."));
  }

  /** @throws EngineError `overLimits` */
  #prepare(architecture: Architecture, kernels: KernelChoice | undefined, start: number): Pending {
    const { limits, device } = this.#started();
    const graph = lower(architecture);
    const issues = overLimits(graph, limits, 1);
    if (issues.length > 0) throw new EngineError("overLimits", new ArchitectureError(issues).message);
    const preparing = prepareNetwork(graph, device, kernels);
    return { architecture, graph, kernels, device, preparing, start };
  }

  /** Puts the network in the place of the present one. */
  async #install(pending: Pending, prepared: PreparedNetwork): Promise<BuildResult> {
    const { architecture, graph, kernels, start } = pending;
    const { device, check } = this.#started();
    if (device !== pending.device) {
      // The engine was restarted meanwhile: what was compiled is gone.
      const again = this.#prepare(architecture, kernels, start);
      return this.#install(again, await again.preparing);
    }
    const { tensors, fates, carried, isWhole } = this.#weights.carryOver(architecture, graph);
    const { network, uploaded, reused } = prepared.build(tensors);
    // Only now, so that the weights that both need stay on the device.
    this.#current?.dispose();
    const { dataset } = this.#weights.info;
    const badge = carried === 0 ? "untrained" : isWhole ? "pretrained" : "partly pretrained";
    const provenance: Provenance = { badge, carried, ...(dataset && carried > 0 ? { dataset } : {}) };
    this.#current = new CurrentNetwork({ architecture, graph, tensors, network, provenance }, device);
    check();
    const report = {
      provenance,
      kernels: prepared.kernels,
      compiled: prepared.compiled,
      fates,
      buildMs: performance.now() - start,
      uploaded,
      reused,
      ...memoryInUse(device),
    };
    return { kind: "built", report };
  }

  /** As `CurrentNetwork.forward`; also throws what the device has reported. */
  async #forward(
    pixels: Float32Array,
    batch: number,
    ids: readonly string[],
  ): Promise<Omit<RunResult, "top">> {
    const result = await this.#network().forward(pixels, batch, ids);
    this.#started().check();
    // Beside the queue and after the first result, so that nothing waits for it.
    void this.#tuneOnce((job) => this.#queue.run(job));
    return result;
  }

  /**
   * Chooses tiles for the adapter, the first time that it is called on a device. A software adapter has no faster ones that
   * are worth compiling. What fails here is the device, which says so itself; the tiles then stay as they are.
   */
  async #tuneOnce(inTurn: <T>(job: () => Promise<T>) => Promise<T>): Promise<void> {
    const { device, info } = this.#started();
    if (!device.fused || info.isSoftware || this.#tuned === device) return;
    this.#tuned = device;
    const present = () => (this.#device === device ? this.#current?.network : undefined);
    await tune(device.fused, info.adapter, inTurn, present).catch(() => undefined);
  }

  #format({ imageSize, inChannels: channels }: Architecture): InputFormat {
    return { preprocessing: { ...this.#weights.preprocessing, imageSize }, channels };
  }

  #started(): RunningBackend & { readonly device: NetworkDevice } {
    if (!this.#backend || !this.#device) throw new EngineError("failed", "The engine has not been started.");
    return { ...this.#backend, device: this.#device };
  }

  #network(): CurrentNetwork {
    if (!this.#current) throw new EngineError("badInput", "There is no network yet: build one first.");
    return this.#current;
  }

  #shown(): RgbImage {
    if (!this.#image) throw new EngineError("badInput", "There is no picture yet: choose one first.");
    return this.#image;
  }

  #run<T>(job: () => Promise<T>): Promise<T> {
    return this.#queue.run(() => this.#guarded(job));
  }

  /** Where the device failed, the error is the device's own. */
  #guarded<T>(job: () => Promise<T>): Promise<T> {
    return translated(async () => {
      try {
        return await job();
      } catch (error) {
        if (error instanceof EngineError) throw error;
        throw (await this.#backend?.reason()) ?? error;
      }
    });
  }

  /** A job that `cancel` ends, even before its turn has come. */
  #runLong<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#long;
    return this.#run(async () => {
      signal.throwIfAborted();
      return job(signal);
    });
  }
}

/** `[N, H, W, C]`. @throws EngineError `badInput` where the batch is not what the network takes. */
function pixelsOf({ data, shape }: Batch, { imageSize, inChannels }: Architecture): Float32Array {
  const expected = [shape[0], inChannels, imageSize, imageSize];
  if (shape.join() !== expected.join() || data.length !== shape.reduce((a, b) => a * b, 1)) {
    const given = `${data.length} values of the shape [${shape.join(", ")}]`;
    throw new EngineError("badInput", `The network takes [${expected.join(", ")}], not ${given}.`);
  }
  return toChannelsLast(data, shape);
}

/** Every error that leaves the engine has a code. */
async function translated<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new EngineError(engineErrorCode(error), message, { cause: error });
  }
}
