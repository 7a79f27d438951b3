/**
 * @file Keeps the engine on what the page wants: backend, weights, image, architecture.
 *
 * The page says what it wants at any time; one loop compares that with what the engine has and takes the next step. So the
 * newest edit always wins, one build is in flight, and a worker that died is simply an engine that has nothing yet: the
 * loop starts another and rebuilds. Only this file and the tasks call the engine.
 */
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  Answer,
  CheckpointKeys,
  Engine,
  Features,
  OnFailure,
  Places,
  WeightsInfo,
  WeightsRequest,
} from "../../model/engine/api.ts";
import type { RgbImage } from "../../model/image/transform.ts";
import type { BackendChoice } from "../../model/runtime/backends.ts";
import type { EngineConnection } from "./connection.ts";
import { type EngineState, timesOn, type WritableEngineStore } from "./engineStore.ts";
import { type EngineProblem, problemOf } from "./errors.ts";
import type { EngineNews } from "./news.ts";
import { Pending } from "./pending.ts";
import { EngineLost, EngineProcess } from "./process.ts";
import { type Actual, nextStep, type Step, type Wanted, type WantedImage } from "./steps.ts";
import { EngineTasks } from "./tasks.ts";

interface EngineClientOptions {
  readonly connect: () => EngineConnection;
  readonly places: Places;
  readonly store: WritableEngineStore;
  readonly onNews: (news: EngineNews) => void;
  /** Ms that the first weights may take before the network is built without them. */
  readonly patienceMs?: number;
}

/** Width and height of an image as it was given, in pixels. */
interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A prediction that is already stale is still worth showing while it costs no more than this, in ms. */
const cheapPredictionMs = 100;

/** Restarts in a row, without a prediction between them, before the network itself is held to be the reason. */
const restartsInRow = 2;

/** What a fresh worker holds, and networks go on with while others are on their way. */
const untrained: WeightsRequest = { kind: "untrained" };

export class EngineClient {
  /** What takes long and is asked for one at a time. */
  readonly tasks: EngineTasks;
  readonly #options: EngineClientOptions;
  #wanted: Wanted = { choice: "auto" };
  #actual: Actual = {};
  /** What a worker, perhaps one that is gone, had last: where a wish fails, this stays. */
  #had: Pick<Wanted, "weights" | "image"> = {};
  #process: EngineProcess | undefined;
  #settling: Promise<void> | undefined;
  #loading: Promise<void> | undefined;
  #givenUp = false;
  /** Who waits for the next wish. */
  readonly #wishes: (() => void)[] = [];
  #restarts = 0;
  #isHidden = false;
  readonly #weightsPending = new Pending<WeightsRequest, WeightsInfo>();
  readonly #imagePending = new Pending<WantedImage, ImageSize>();

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.tasks = new EngineTasks({
      ...options,
      network: async () => {
        await this.#settled();
        // At the start there is none as long as its weights are being chosen.
        while (!this.#actual.network && !this.#givenUp) {
          await new Promise<void>((resolve) => this.#wishes.push(resolve));
          await this.#settled();
        }
        return this.#givenUp ? undefined : this.#actual.network?.architecture;
      },
      call: (run) => this.#call(run),
      cancelCall: () => this.#process?.cancel("task"),
    });
  }

  /** Builds and predicts it, unless a newer one comes first. A task that is running goes on with the network that it has. */
  setArchitecture(architecture: Architecture): void {
    this.#want({ architecture });
  }

  /** Rejects with an `EngineProblem` where the image cannot be read; the one before stays. Answers call it by `name`. */
  setImage(image: Blob | RgbImage, name?: string): Promise<ImageSize> {
    const wanted = { image, name };
    const size = this.#imagePending.waitFor(wanted);
    this.#want({ image: wanted });
    return size;
  }

  /** As `setImage`, and waits for the prediction: whoever awaits it before the next frame never has two on the way. */
  async showFrame(frame: RgbImage, name: string): Promise<void> {
    await this.setImage(frame, name);
    await this.#settled();
  }

  /**
   * Loads weights while the network goes on with those it has, then rebuilds it. Rejects with an `EngineProblem`; the
   * weights before stay.
   */
  loadWeights(weights: WeightsRequest): Promise<WeightsInfo> {
    const info = this.#weightsPending.waitFor(weights);
    if (this.#actual.loading) this.#process?.cancel("download");
    this.#want({ weights });
    return info;
  }

  /** Whether anybody has asked for weights yet. */
  get isAskedForWeights(): boolean {
    return this.#wanted.weights !== undefined;
  }

  /** Stops the download that is under way; `loadWeights` rejects with `cancelled`, and the weights before stay. */
  cancelWeights(): void {
    const { weights } = this.#wanted;
    // Too late: they are loaded.
    if (weights === this.#actual.weights) return;
    if (this.#actual.loading) this.#process?.cancel("download");
    const isOnItsWayBack = weights === this.#had.weights;
    this.#want({ weights: (!isOnItsWayBack && this.#had.weights) || { kind: "untrained" } });
    this.#weightsPending.overtake();
  }

  /** Starts a fresh worker on the backend and rebuilds there. */
  setBackend(choice: BackendChoice): void {
    this.tasks.cancel();
    this.#set({ choice });
    this.#want({ choice });
  }

  /** Tries again what failed. */
  retry(): void {
    this.#restarts = 0;
    this.#want({});
  }

  /** Tells the engine whether anybody sees the page: what was timed while nobody did is thrown out. */
  setHidden(isHidden: boolean): void {
    if (isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    this.#tellHidden();
  }

  /** What a checkpoint has and lacks. Rejects as `Engine.inspectFile` does. */
  inspectFile(file: Blob): Promise<CheckpointKeys> {
    return this.#call((engine) => engine.inspectFile(file));
  }

  /** Outputs of nodes or groups of the newest network for the present image; undefined where there is no network. */
  async features(ids: readonly string[]): Promise<Answer<Features> | undefined> {
    await this.#settled();
    return this.#actual.network && this.#call((engine) => engine.features(ids));
  }

  #tellHidden(): void {
    this.#call((engine) => engine.setHidden(this.#isHidden)).catch(() => undefined);
  }

  #want(change: Partial<Wanted>): void {
    this.#wanted = { ...this.#wanted, ...change };
    this.#givenUp = false;
    this.#settle();
    for (const hear of this.#wishes.splice(0)) hear();
  }

  #settle(): void {
    this.#settling ??= this.#takeSteps();
  }

  async #settled(): Promise<void> {
    while (this.#settling) await this.#settling;
  }

  async #takeSteps(): Promise<void> {
    // What is wanted in the same moment is looked at together.
    await Promise.resolve();
    for (let step = this.#next(); step; step = this.#next()) {
      try {
        await this.#take(step);
      } catch (error) {
        if (!(error instanceof EngineLost)) this.#giveUp(problemOf(error));
      }
    }
    // At once: a wish that came between the last look and a later moment would start no loop, and be heard by none.
    this.#settling = undefined;
    if (!this.#givenUp) this.#set({ status: "idle", failure: undefined });
  }

  #next(): Step | undefined {
    return this.#givenUp ? undefined : nextStep(this.#wanted, this.#actual);
  }

  #take(step: Step): Promise<void> {
    switch (step.kind) {
      case "start":
        return this.#start(step);
      case "load":
        return this.#load(step);
      case "awaitWeights":
        return this.#awaitWeights();
      case "showImage":
        return this.#showImage(step);
      case "build":
        return this.#build(step);
      case "predict":
        return this.#predict(step);
      default:
        return step satisfies never;
    }
  }

  async #start({ choice }: Step & { kind: "start" }): Promise<void> {
    this.#set({ status: "starting", failure: undefined, backend: undefined, verification: undefined });
    this.#drop();
    const process = new EngineProcess(this.#options.connect(), (problem) => this.#restart(problem));
    this.#process = process;
    const onFailure: OnFailure = (code, message) => process.report({ code, message });
    try {
      const backend = await this.#call((engine) => engine.start(choice, this.#options.places, onFailure));
      this.#actual = { choice };
      this.#set({ backend, ...timesOn(backend, this.#options.store.getState()) });
      if (this.#isHidden) this.#tellHidden();
    } catch (error) {
      if (error instanceof EngineLost || choice === "auto") throw error;
      if (this.#wanted.choice === choice) this.setBackend("auto");
      this.#options.onNews({ kind: "backendRefused", choice, problem: problemOf(error) });
    }
  }

  /** Starts loading and goes on; the loop runs again when the weights are there. */
  async #load({ weights }: Step & { kind: "load" }): Promise<void> {
    const id =
      weights.kind === "manifest" ? weights.id : weights.kind === "file" ? weights.name : "untrained";
    const isCurrent = () => this.#actual.loading === weights;
    this.#actual = { ...this.#actual, loading: weights };
    this.#set({ fetching: { id, done: 0, what: "Connecting" } });
    const fetched = this.#call((engine) =>
      engine.loadWeights(weights, (done, what) => {
        if (isCurrent()) this.#set({ fetching: { id, done, what } });
      }),
    );
    this.#loading = fetched
      .then(
        (info) => isCurrent() && this.#loaded(weights, info),
        (error: unknown) => isCurrent() && this.#notLoaded(weights, problemOf(error)),
      )
      .then(() => this.#settle());
  }

  /** Something real always runs: what takes long to arrive is built in when it is there. */
  async #awaitWeights(): Promise<void> {
    this.#set({ status: "loading" });
    const { patienceMs = 1500 } = this.#options;
    const { loading } = this.#actual;
    const outOfPatience = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([this.#loading, outOfPatience]);
    const isStillLoading = loading !== undefined && this.#actual.loading === loading;
    if (isStillLoading) this.#actual = { ...this.#actual, weights: untrained };
  }

  #loaded(weights: WeightsRequest, info: WeightsInfo): void {
    this.#actual = { ...this.#actual, weights, loading: undefined };
    this.#had = { ...this.#had, weights };
    this.#set({ weights: info, fetching: undefined });
    this.#weightsPending.resolve(weights, info);
  }

  #notLoaded(weights: WeightsRequest, problem: EngineProblem): void {
    this.#actual = { ...this.#actual, loading: undefined };
    this.#set({ fetching: undefined });
    if (problem.code === "cancelled" || this.#wanted.weights !== weights) return;
    const isHeard = this.#weightsPending.reject(weights, problem);
    if (!isHeard) {
      // On their way back after a restart: nobody asked, and there are none before them.
      this.#had = { ...this.#had, weights: { kind: "untrained" } };
      this.#options.onNews({ kind: "weightsLost", problem });
    }
    this.#wanted = { ...this.#wanted, weights: this.#had.weights ?? this.#actual.weights };
  }

  async #showImage({ image }: Step & { kind: "showImage" }): Promise<void> {
    try {
      const size = await this.#call((engine) => engine.setImage(image.image, image.name));
      this.#actual = { ...this.#actual, image };
      this.#had = { ...this.#had, image };
      this.#imagePending.resolve(image, size);
    } catch (error) {
      if (error instanceof EngineLost) throw error;
      if (this.#had.image === image) this.#had = { ...this.#had, image: undefined };
      if (this.#wanted.image === image) this.#wanted = { ...this.#wanted, image: this.#had.image };
      this.#imagePending.reject(image, problemOf(error));
    }
  }

  async #build({ network }: Step & { kind: "build" }): Promise<void> {
    const { architecture } = network;
    this.#set({ status: "building", failure: undefined });
    const result = await this.#call((engine) => engine.build(architecture));
    if (result.kind === "superseded") return;
    this.#actual = { ...this.#actual, network };
    this.#set({ built: { architecture, weights: result.weights, value: result.report } });
    const lastMs = this.#options.store.getState().prediction?.value.ms ?? Number.POSITIVE_INFINITY;
    const { image } = this.#actual;
    if (image && lastMs < cheapPredictionMs) await this.#predict({ kind: "predict", network, image });
  }

  async #predict({ network, image }: Step & { kind: "predict" }): Promise<void> {
    this.#set({ status: "predicting", failure: undefined });
    const prediction = await this.#call((engine) => engine.predict());
    this.#actual = { ...this.#actual, predicted: { network, image } };
    this.#restarts = 0;
    this.#set({ prediction });
  }

  #call<T>(run: (engine: Engine) => Promise<T>): Promise<T> {
    return this.#process ? this.#process.call(run) : Promise.reject(new EngineLost());
  }

  #restart(problem: EngineProblem): void {
    this.#drop();
    this.#restarts += 1;
    if (this.#restarts > restartsInRow) this.#giveUp(problem);
    else this.#options.onNews({ kind: "restarted", problem });
    this.#settle();
  }

  /** The loop then finds that nothing is loaded or built. */
  #drop(): void {
    this.#process?.close();
    this.#process = undefined;
    this.#actual = {};
    this.tasks.forgetDevice();
    this.#set({ fetching: undefined });
  }

  #giveUp(problem: EngineProblem): void {
    this.#givenUp = true;
    this.#set({ status: "failed", failure: problem });
    this.#options.onNews({ kind: "failed", problem });
  }

  #set(change: Partial<EngineState>): void {
    this.#options.store.setState(change);
  }
}
