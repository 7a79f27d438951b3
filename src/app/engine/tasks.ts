/** @file What takes long, one at a time: measuring, profiling, checking, counting right answers, sweeping. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  Accuracy,
  DeviceRates,
  Measurement,
  MeasureRequest,
  OnProgress,
  Profile,
} from "../../model/engine/api.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import { EngineError } from "../../model/runtime/errors.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import type { About } from "./engineStore.ts";
import { LongTask, type TaskHost } from "./longTask.ts";

/** A network's operations, and what they could be at best on the device that timed them. */
export interface Explained {
  readonly network: AnyNetwork;
  readonly profile: Profile;
  readonly rates: DeviceRates;
}

/** What a sweep asks of the engine. Rejects with `cancelled` once nobody wants the sweep. */
export interface SweepEngine {
  readonly measure: (request: MeasureRequest) => Promise<Measurement>;
  /** Of a network with the present weights carried over. */
  readonly accuracy: (architecture: Architecture) => Promise<Accuracy>;
}

interface TasksHost extends TaskHost {
  /** A task has built other networks in the present one's place. */
  readonly onReplaced: () => void;
}

export class EngineTasks {
  readonly #host: TasksHost;
  readonly #task: LongTask;
  #rates: DeviceRates | undefined;

  constructor(host: TasksHost) {
    this.#host = host;
    this.#task = new LongTask(host);
  }

  /** Whether one has been asked for and not begun: it takes the newest network, whichever that will be. */
  get isWaiting(): boolean {
    return this.#task.isWaiting;
  }

  /** Ends the one that is running or waiting. */
  cancel(): void {
    this.#task.cancel();
  }

  /** Another device takes over: what this one can do no longer counts. */
  forgetDevice(): void {
    this.#rates = undefined;
  }

  /** Times the variants in turn; the result is in the store. */
  async measure(request: MeasureRequest): Promise<void> {
    const measurement = await this.#task.run("measure", (engine, tell) => engine.measure(request, tell));
    if (measurement) this.#host.store.setState({ measurement });
  }

  /** Times any networks in turn; undefined where that was cancelled or failed, which is told as news. */
  async compare(request: MeasureRequest): Promise<Measurement | undefined> {
    const found = await this.#task.run("compare", (engine, tell) => engine.measure(request, tell));
    return found?.value;
  }

  /** Times every node; the result is in the store. */
  async profile(): Promise<void> {
    const profile = await this.#task.run("profile", (engine, tell) => engine.profile(tell));
    if (profile) this.#host.store.setState({ profile });
  }

  /**
   * Times every operation of the present network, or of another, and what the device can do at its best: the best that was
   * seen so far, for a busy machine only ever does less. Undefined where that was cancelled or failed, which is told as news.
   */
  async explain(other?: AnyNetwork): Promise<Explained | undefined> {
    const found = await this.#task.run("profile", async (engine, tell, isWanted) => {
      const share = 0.6;
      const profile = await engine.profile((done, what) => tell(share * done, what), other);
      if (!isWanted()) throw new EngineError("cancelled", "The profile was stopped.");
      const measured = await engine.rates((done, what) => tell(share + (1 - share) * done, what));
      return { profile, rates: bestOf(measured, this.#rates) };
    });
    if (!found) return undefined;
    const { architecture, value } = found;
    this.#rates = value.rates;
    if (!other) this.#host.store.setState({ profile: { architecture, value: value.profile } });
    return { network: other ?? architecture, ...value };
  }

  /** Runs the present network in every way there is; how far they lie apart is in the store. */
  async verify(): Promise<void> {
    const verification = await this.#task.run("verify", (engine, tell) => engine.verify(tell));
    if (verification) this.#host.store.setState({ verification });
  }

  /** Runs the published check beside the present network; the result is in the store. */
  async checkPublished({ allowLarge }: { readonly allowLarge: boolean }): Promise<void> {
    const check = await this.#task.run("published", (engine, tell) =>
      engine.checkPublished(allowLarge, tell),
    );
    if (check) this.#host.store.setState({ published: check.value });
  }

  /** Counts right answers on the labelled test images; the result is in the store. */
  async accuracy(): Promise<void> {
    const found = await this.#task.run("accuracy", (engine, tell) => engine.accuracy(tell));
    if (found) this.#keepAccuracy(found);
  }

  /** Runs many measurements as one task. The present network is built again at the end, where others took its place. */
  async sweep(run: (engine: SweepEngine, tell: OnProgress) => Promise<void>): Promise<void> {
    let isReplaced = false;
    await this.#task.run("sweep", (engine, tell, isWanted) => {
      const whileWanted = <T>(call: () => Promise<T>): Promise<T> =>
        isWanted() ? call() : Promise.reject(new EngineError("cancelled", "The sweep was stopped."));
      return run(
        {
          measure: (request) => whileWanted(() => engine.measure(request)),
          accuracy: async (architecture) => {
            isReplaced = true;
            await whileWanted(() => engine.build(architecture));
            const value = await whileWanted(() => engine.accuracy());
            this.#keepAccuracy({ architecture, value });
            return value;
          },
        },
        tell,
      );
    });
    if (isReplaced) this.#host.onReplaced();
  }

  /** One for every version of the network, the newest first. */
  #keepAccuracy(found: About<Accuracy>): void {
    const { store } = this.#host;
    const others = store
      .getState()
      .accuracies.filter((one) => !sameNetwork(one.architecture, found.architecture));
    store.setState({ accuracies: [found, ...others] });
  }
}

function bestOf(rates: DeviceRates, known: DeviceRates = rates): DeviceRates {
  return {
    ...rates,
    macsPerSecond: Math.max(rates.macsPerSecond, known.macsPerSecond),
    bytesPerSecond: Math.max(rates.bytesPerSecond, known.bytesPerSecond),
  };
}
