/**
 * @file The engine: one backend, one checkpoint, one network, one image. It runs in a worker; `api.ts` is what others see.
 */
import * as tf from "@tensorflow/tfjs-core";
import { overLimits } from "../analysis/limits.ts";
import { type Architecture, ArchitectureError } from "../architecture/schema.ts";
import { lower } from "../graph/lower.ts";
import type { LayerGraph } from "../graph/types.ts";
import { decodeImage } from "../image/decode.ts";
import type { RgbImage } from "../image/transform.ts";
import { type RunningBackend, startBackend } from "../runtime/backends.ts";
import { buildNetwork, memoryInUse } from "../runtime/build.ts";
import { DeviceWeights } from "../runtime/deviceWeights.ts";
import { EngineError, engineErrorCode } from "../runtime/errors.ts";
import { toChannelsLast } from "../runtime/layout.ts";
import type { Network } from "../runtime/network.ts";
import { timeSteps } from "../runtime/timing.ts";
import { measureAccuracy } from "./accuracy.ts";
import type {
  Accuracy,
  BackendChoice,
  BackendInfo,
  Batch,
  BuildResult,
  Engine,
  Feature,
  Measurement,
  MeasureRequest,
  OnFailure,
  OnProgress,
  Places,
  Prediction,
  Profile,
  Provenance,
  RunRequest,
  RunResult,
  WeightsInfo,
  WeightsRequest,
} from "./api.ts";
import { topClasses } from "./classify.ts";
import { readFeature } from "./features.ts";
import { type InputFormat, seenBy, toInput, toRgba } from "./input.ts";
import { measureVariants } from "./measure.ts";
import { SerialQueue } from "./serial.ts";
import { type LoadedWeights, loadWeights, untrained } from "./weights.ts";

/** What runs now. */
interface Current {
  readonly architecture: Architecture;
  readonly graph: LayerGraph;
  readonly network: Network;
  readonly provenance: Provenance;
}

export class NetworkEngine implements Engine {
  readonly #queue = new SerialQueue();
  #backend: RunningBackend | undefined;
  #places: Places = { site: "" };
  #device = new DeviceWeights();
  #weights: LoadedWeights = untrained();
  #current: Current | undefined;
  #image: RgbImage | undefined;
  /** Number of the newest build that was asked for. */
  #newestBuild = 0;
  /** Aborts every long call that is running. */
  #long = new AbortController();

  start(choice: BackendChoice, places: Places, onFailure?: OnFailure): Promise<BackendInfo> {
    return this.#run(async () => {
      this.#current?.network.dispose();
      this.#current = undefined;
      this.#backend?.close();
      this.#backend = undefined;
      this.#device = new DeviceWeights();
      this.#places = places;
      this.#backend = await startBackend(choice, (error) =>
        onFailure?.(engineErrorCode(error), error.message),
      );
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

  build(architecture: Architecture): Promise<BuildResult> {
    this.#newestBuild += 1;
    const order = this.#newestBuild;
    return this.#run(async () =>
      order === this.#newestBuild ? this.#build(architecture) : { kind: "superseded" },
    );
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
      const { architecture, network, provenance } = this.#network();
      const format = this.#format(architecture);
      const seen = seenBy(format, this.#shown());
      const start = performance.now();
      const { logits } = await this.#forward(network, toInput(format, seen), 1, format, []);
      const ms = performance.now() - start;
      const names = await this.#weights.classNames(architecture.numClasses);
      const top = topClasses(logits[0] ?? new Float32Array(), names);
      return { top, ms, provenance, seen: { size: seen.width, rgba: toRgba(seen) } };
    });
  }

  features(ids: readonly string[]): Promise<ReadonlyMap<string, Feature>> {
    return this.#run(async () => {
      const { architecture, network } = this.#network();
      const format = this.#format(architecture);
      const input = toInput(format, seenBy(format, this.#shown()));
      return (await this.#forward(network, input, 1, format, ids)).features;
    });
  }

  run({ batch, features }: RunRequest): Promise<RunResult> {
    return this.#run(async () => {
      const { architecture, network } = this.#network();
      const format = this.#format(architecture);
      const pixels = batch ? pixelsOf(batch, architecture) : toInput(format, seenBy(format, this.#shown()));
      const result = await this.#forward(network, pixels, batch?.shape[0] ?? 1, format, features);
      const names = await this.#weights.classNames(architecture.numClasses);
      return { ...result, top: result.logits.map((logits) => topClasses(logits, names)) };
    });
  }

  measure(request: MeasureRequest, onProgress?: OnProgress): Promise<Measurement> {
    return this.#runLong((signal) => measureVariants(this.#started(), request, { signal, onProgress }));
  }

  profile(onProgress?: OnProgress): Promise<Profile> {
    return this.#runLong(async (signal) => {
      const { architecture, graph, network } = this.#network();
      const { imageSize: size, inChannels: channels } = architecture;
      const input = tf.zeros([1, size, size, channels]);
      try {
        // Compiles what no forward has needed yet.
        const { logits } = network.forward(input);
        await logits.data();
        logits.dispose();
        const onStep = (done: number) => onProgress?.(done / graph.nodes.length, "timing each layer");
        const msByNode = await timeSteps(network, input, { signal, onStep });
        return { backend: this.#started().info, msByNode };
      } finally {
        input.dispose();
      }
    });
  }

  accuracy(onProgress?: OnProgress): Promise<Accuracy> {
    return this.#runLong((signal) => {
      const { architecture, network, provenance } = this.#network();
      const format = this.#format(architecture);
      const { testSet } = this.#weights;
      if (!testSet) {
        throw new EngineError(
          "badInput",
          "There are labelled images only for the bundled network: load its weights first.",
        );
      }
      const classify = async (pixels: Float32Array, batch: number) =>
        (await this.#forward(network, pixels, batch, format, [])).logits;
      return measureAccuracy({ testSet, format, provenance, classify }, this.#places, { signal, onProgress });
    });
  }

  async cancel(): Promise<void> {
    const running = this.#long;
    this.#long = new AbortController();
    running.abort(new EngineError("cancelled", "Cancelled."));
  }

  async #build(architecture: Architecture): Promise<BuildResult> {
    const start = performance.now();
    const { limits, check } = this.#started();
    const graph = lower(architecture);
    const issues = overLimits(graph, limits, 1);
    if (issues.length > 0) throw new EngineError("overLimits", new ArchitectureError(issues).message);
    const { tensors, fates, carried, isWhole } = this.#weights.carryOver(architecture, graph);
    const { network, uploaded, reused } = buildNetwork(graph, tensors, this.#device);
    // Only now, so that the weights that both need stay on the device.
    this.#current?.network.dispose();
    const { dataset } = this.#weights.info;
    const badge = carried === 0 ? "untrained" : isWhole ? "pretrained" : "partly pretrained";
    const provenance: Provenance = { badge, carried, ...(dataset && carried > 0 ? { dataset } : {}) };
    this.#current = { architecture, graph, network, provenance };
    check();
    const buildMs = performance.now() - start;
    return { kind: "built", report: { provenance, fates, buildMs, uploaded, reused, ...memoryInUse() } };
  }

  /** `pixels` are `[batch, size, size, channels]`; `ids` are those of nodes or groups. */
  async #forward(
    network: Network,
    pixels: Float32Array,
    batch: number,
    { preprocessing: { imageSize: size }, channels }: InputFormat,
    ids: readonly string[],
  ): Promise<Omit<RunResult, "top">> {
    const outputs = new Map(ids.map((id) => [id, this.#outputOf(id)]));
    const input = tf.tensor4d(pixels, [batch, size, size, channels]);
    try {
      const { logits, kept } = network.forward(input, new Set(outputs.values()));
      const values = (await logits.data()) as Float32Array;
      logits.dispose();
      const read = new Map<string, Feature>();
      for (const [id, tensor] of kept) read.set(id, await readFeature(tensor));
      this.#started().check();
      const classes = values.length / batch;
      return {
        logits: Array.from({ length: batch }, (_, n) => values.slice(n * classes, (n + 1) * classes)),
        features: new Map([...outputs].flatMap(([id, output]) => entry(id, read.get(output)))),
      };
    } finally {
      input.dispose();
    }
  }

  #outputOf(id: string): string {
    const { graph } = this.#network();
    const node = graph.nodes.find((candidate) => candidate.id === id);
    const output = node?.id ?? graph.groups.find((group) => group.id === id)?.output;
    if (!output) throw new EngineError("badInput", `The network has no layer ${id}.`);
    return output;
  }

  #format({ imageSize, inChannels: channels }: Architecture): InputFormat {
    return { preprocessing: { ...this.#weights.preprocessing, imageSize }, channels };
  }

  #started(): RunningBackend {
    if (!this.#backend) throw new EngineError("failed", "The engine has not been started.");
    return this.#backend;
  }

  #network(): Current {
    if (!this.#current) throw new EngineError("badInput", "There is no network yet: build one first.");
    return this.#current;
  }

  #shown(): RgbImage {
    if (!this.#image) throw new EngineError("badInput", "There is no picture yet: choose one first.");
    return this.#image;
  }

  #run<T>(job: () => Promise<T>): Promise<T> {
    return this.#queue.run(() =>
      translated(async () => {
        try {
          return await job();
        } catch (error) {
          if (error instanceof EngineError) throw error;
          throw (await this.#backend?.reason()) ?? error;
        }
      }),
    );
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

function entry<K, V>(key: K, value: V | undefined): readonly [K, V][] {
  return value === undefined ? [] : [[key, value]];
}
