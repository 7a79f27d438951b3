/**
 * @file The engine: one backend, one checkpoint, one network, one image. It runs in a worker; `api.ts` is what others see.
 */
import type { Architecture } from "../architecture/schema.ts";
import { Visibility } from "../benchmark/visibility.ts";
import { lower } from "../graph/lower.ts";
import type { AnyNetwork } from "../graph/network.ts";
import type { LayerGraph } from "../graph/types.ts";
import { decodeImage } from "../image/decode.ts";
import type { RgbImage } from "../image/transform.ts";
import { toChannelsLast } from "../runtime/axisOrder.ts";
import { type RunningBackend, startBackend } from "../runtime/backends.ts";
import {
  memoryInUse,
  type NetworkDevice,
  networkDevice,
  type PreparedNetwork,
  prepareNetwork,
} from "../runtime/build.ts";
import { EngineError, engineErrorCode } from "../runtime/errors.ts";
import { tune } from "../runtime/tuning.ts";
import { seededInput } from "../weights/seeded.ts";
import { accuracyOfCurrent, accuracyOfGuest } from "./accuracy.ts";
import type {
  About,
  Accuracy,
  Answer,
  BackendChoice,
  BackendInfo,
  BuildResult,
  CancelKind,
  CheckpointKeys,
  DeviceRates,
  Engine,
  Features,
  KernelChoice,
  Measurement,
  MeasureRequest,
  OnFailure,
  OnProgress,
  Places,
  Prediction,
  Profile,
  PublishedCheck,
  RunRequest,
  RunResult,
  Verification,
  WeightsInfo,
  WeightsRequest,
} from "./api.ts";
import { publishedInputs } from "./checkPublished.ts";
import { topClasses } from "./classify.ts";
import { CurrentNetwork } from "./current.ts";
import { withGuest } from "./guest.ts";
import { pixelsOf, seenBy, toInput, toRgba } from "./input.ts";
import { inspectFile } from "./inspect.ts";
import { measureVariants } from "./measure.ts";
import { profileNetwork, profileOther } from "./profile.ts";
import { publishedCheck, publishedVerdict } from "./publishedCheck.ts";
import { measureRates } from "./rates.ts";
import { checkRoom, roomBeside } from "./room.ts";
import { letMessagesIn, SerialQueue, type Turn } from "./serial.ts";
import type { Started } from "./started.ts";
import { translated } from "./translated.ts";
import { type InTurn, TuningOnce } from "./tuningOnce.ts";
import { verifyNetwork } from "./verify.ts";
import { type LoadedWeights, loadWeights, provenanceOf, untrained } from "./weights.ts";

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
  /** What the next build carries over. */
  #weights: LoadedWeights = untrained();
  #current: CurrentNetwork | undefined;
  #image: { readonly pixels: RgbImage; readonly name: string | undefined } | undefined;
  readonly #tuning = new TuningOnce((job) => this.#queue.run(job, "unhurried"));
  /** Number of the newest build that was asked for. */
  #newestBuild = 0;
  /** Aborts all that is running of a kind. */
  readonly #running: Record<CancelKind, AbortController> = {
    task: new AbortController(),
    download: new AbortController(),
  };

  start(choice: BackendChoice, places: Places, onFailure?: OnFailure): Promise<BackendInfo> {
    return this.#run(async () => {
      this.#current?.release();
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
      loadWeights(request, this.#places, { signal: this.#running.download.signal, onProgress }),
    );
    return this.#run(async () => {
      this.#weights = loaded;
      return loaded.info;
    }, "between");
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
    }, "between");
    if ("kind" in result) return result;
    const prepared = await this.#guarded(() => result.preparing);
    return this.#run(async () => (overtaken() ? superseded : this.#install(result, prepared)), "between");
  }

  setImage(
    image: Blob | RgbImage,
    name?: string,
  ): Promise<{ readonly width: number; readonly height: number }> {
    return this.#run(async () => {
      const pixels = image instanceof Blob ? await decodeImage(image) : image;
      this.#image = { pixels, name };
      const { width, height } = pixels;
      return { width, height };
    }, "between");
  }

  predict(): Promise<Answer<Prediction>> {
    return this.#run(async () => {
      const current = this.#network();
      const { architecture, provenance, weights, format } = current;
      const { pixels, ...picture } = this.#shown();
      const seen = seenBy(format, pixels);
      const input = toInput(format, seen);
      const start = performance.now();
      const { logits } = await this.#forward(current, input, 1, []);
      const ms = performance.now() - start;
      const names = await weights.classNames(architecture.numClasses);
      const top = topClasses(logits[0] ?? new Float32Array(), names);
      const shown = { size: seen.width, rgba: toRgba(seen) };
      return current.answer({ ...picture, top, ms, provenance, seen: shown });
    }, "between");
  }

  features(ids: readonly string[]): Promise<Answer<Features>> {
    return this.#run(async () => {
      const current = this.#network();
      const { format } = current;
      const { pixels, ...picture } = this.#shown();
      const { features } = await this.#forward(current, toInput(format, seenBy(format, pixels)), 1, ids);
      return current.answer({ ...picture, byId: features });
    }, "between");
  }

  run({ batch, features }: RunRequest): Promise<RunResult> {
    return this.#run(async () => {
      const current = this.#network();
      const { architecture, weights, format } = current;
      const pixels = batch
        ? pixelsOf(batch, architecture)
        : toInput(format, seenBy(format, this.#shown().pixels));
      const result = await this.#forward(current, pixels, batch?.shape[0] ?? 1, features);
      const names = await weights.classNames(architecture.numClasses);
      return { ...result, top: result.logits.map((logits) => topClasses(logits, names)) };
    }, "between");
  }

  measure(request: MeasureRequest, onProgress?: OnProgress): Promise<Measurement> {
    return this.#runLong(async (signal) => {
      await this.#tuning.beginWithin(this.#started().device, this.#chooseTiles, signal);
      const watching = { signal, onProgress, visibility: this.#visibility, letOthersIn: this.#letOthersIn };
      return measureVariants(this.#beside(), request, watching);
    });
  }

  profile(onProgress?: OnProgress, other?: AnyNetwork): Promise<About<Profile, AnyNetwork>> {
    return this.#runLong(async (signal) => {
      const watching = { signal, onProgress };
      if (other) return { architecture: other, value: await profileOther(this.#beside(), other, watching) };
      const { architecture, graph, network } = this.#network();
      const { imageSize: size, inChannels: channels } = architecture;
      const pixels = toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
      const value = await profileNetwork(this.#started(), { graph, network, pixels }, watching);
      return { architecture, value };
    });
  }

  rates(onProgress?: OnProgress): Promise<DeviceRates> {
    return this.#runLong(async (signal) => {
      await this.#tuning.beginWithin(this.#started().device, this.#chooseTiles, signal);
      return measureRates(this.#started(), { signal, onProgress });
    });
  }

  accuracy(onProgress?: OnProgress, other?: Architecture): Promise<Answer<Accuracy>> {
    return this.#runLong(async (signal) => {
      const watching = { signal, onProgress, letOthersIn: this.#letOthersIn, places: this.#places };
      if (other) return accuracyOfGuest(other, this.#weights, this.#beside(), watching);
      return accuracyOfCurrent(this.#network(), this.#started(), watching);
    });
  }

  verify(onProgress?: OnProgress): Promise<Answer<Verification>> {
    return this.#runLong(async (signal) => {
      const current = this.#network();
      const { format, architecture, graph } = current;
      const { imageSize: size, inChannels: channels } = architecture;
      const { limits, info } = this.#started();
      // Stock operations run it as well.
      current.checkRoom(limits, 1, [graph.output]);
      const pixels = this.#image
        ? toInput(format, seenBy(format, this.#image.pixels))
        : toChannelsLast(seededInput(size, 1, channels), [1, channels, size, size]);
      return current.answer(await verifyNetwork(current, pixels, info, { signal, onProgress }));
    });
  }

  async checkPublished(allowLarge: boolean, onProgress?: OnProgress): Promise<PublishedCheck> {
    const { signal } = this.#running.task;
    const options = { allowLarge, signal, onProgress };
    // Beside the queue, as loading is.
    const inputs = await translated(() => publishedInputs(this.#weights, this.#places, options));
    if (inputs === "declined") return { kind: "missing" };
    return this.#run(async () => {
      signal.throwIfAborted();
      const { weights, pixels } = inputs;
      const started = this.#beside();
      onProgress?.(1, "running the network");
      const { architecture: own, id, origin } = weights.info;
      if (!own) throw new EngineError("weights", `${id} is no trained network.`);
      const architecture = { ...own, imageSize: publishedCheck.imageSize };
      const logits = await withGuest({ architecture, weights, batch: 1 }, started, (network) =>
        network.run(pixels, 1),
      );
      started.check();
      return { kind: "checked", ...publishedVerdict(logits), backend: started.info, origin };
    });
  }

  inspectFile(file: Blob): Promise<CheckpointKeys> {
    return translated(() => inspectFile(file));
  }

  async setHidden(isHidden: boolean): Promise<void> {
    this.#visibility.setHidden(isHidden);
  }

  async cancel(kind: CancelKind): Promise<void> {
    const running = this.#running[kind];
    this.#running[kind] = new AbortController();
    running.abort(new EngineError("cancelled", "Cancelled."));
  }

  /** @throws EngineError `overLimits` */
  #prepare(architecture: Architecture, kernels: KernelChoice | undefined, start: number): Pending {
    const { limits, device } = this.#started();
    checkRoom(limits, { networks: [architecture], batch: 1, kernels: [kernels] });
    const graph = lower(architecture);
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
    const weights = this.#weights;
    const carriedOver = weights.carryOver(architecture, graph);
    const { tensors } = carriedOver;
    const { network, uploaded, reused } = prepared.build(tensors);
    // Only now, so that the weights that both need stay on the device.
    this.#current?.release();
    const provenance = provenanceOf(weights, carriedOver);
    const current = new CurrentNetwork(
      { architecture, graph, weights, tensors, network, provenance },
      device,
    );
    this.#current = current;
    check();
    const report = {
      provenance,
      kernels: prepared.kernels,
      compiled: prepared.compiled,
      fates: carriedOver.fates,
      buildMs: performance.now() - start,
      uploaded,
      reused,
      ...memoryInUse(device),
    };
    return { kind: "built", weights: weights.info.identity, report };
  }

  /** As `CurrentNetwork.forward`; also throws what the device has reported. */
  async #forward(
    current: CurrentNetwork,
    pixels: Float32Array,
    batch: number,
    ids: readonly string[],
  ): Promise<Omit<RunResult, "top">> {
    const { limits, check } = this.#started();
    current.checkRoom(limits, batch, ids);
    const result = await current.forward(pixels, batch, ids);
    check();
    // Beside the queue and after the first result, so that nothing waits for it.
    void this.#tuning.begin(this.#started().device, this.#chooseTiles);
    return result;
  }

  /** For the adapter. A software adapter has no faster ones that are worth compiling. */
  readonly #chooseTiles = async (inTurn: InTurn): Promise<void> => {
    const { device, info } = this.#started();
    if (!device.fused || info.isSoftware) return;
    const present = () => (this.#device === device ? this.#current?.network : undefined);
    await tune(device.fused, info.adapter, inTurn, present);
  };

  #started(): Started {
    if (!this.#backend || !this.#device) throw new EngineError("failed", "The engine has not been started.");
    return { ...this.#backend, device: this.#device };
  }

  /** The same for networks that stand beside the present one. */
  #beside(): Started {
    const started = this.#started();
    return { ...started, limits: roomBeside(started.limits, this.#current?.need) };
  }

  #network(): CurrentNetwork {
    if (!this.#current) throw new EngineError("badInput", "There is no network yet: build one first.");
    return this.#current;
  }

  /** The image, and its name as answers have it. */
  #shown(): { readonly pixels: RgbImage; readonly picture?: string } {
    if (!this.#image) throw new EngineError("badInput", "There is no picture yet: choose one first.");
    const { pixels, name } = this.#image;
    return name === undefined ? { pixels } : { pixels, picture: name };
  }

  readonly #letOthersIn = () => this.#queue.letOthersIn();

  #run<T>(job: () => Promise<T>, turn?: Turn): Promise<T> {
    return this.#queue.run(() => this.#guarded(job), turn);
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
    const { signal } = this.#running.task;
    return this.#run(async () => {
      signal.throwIfAborted();
      return job(signal);
    });
  }
}
