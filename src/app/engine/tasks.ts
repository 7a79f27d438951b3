/** @file What takes long, one at a time: measuring, profiling, checking, counting right answers, sweeping. */
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  Accuracy,
  Answer,
  DeviceRates,
  Measurement,
  MeasureRequest,
  OnProgress,
  Profile,
} from "../../model/engine/api.ts";
import { type AnyNetwork, isFixed } from "../../model/graph/network.ts";
import { EngineError } from "../../model/runtime/errors.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import { identityOf, type TaskKind, type WritableEngineStore } from "./engineStore.ts";
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
  /** Of a network with the weights carried over that were loaded when the sweep was asked for. */
  readonly accuracy: (architecture: Architecture) => Promise<Accuracy>;
}

export class EngineTasks {
  readonly #store: WritableEngineStore;
  readonly #task: LongTask;
  #rates: DeviceRates | undefined;

  constructor(host: TaskHost) {
    this.#store = host.store;
    this.#task = new LongTask(host);
  }

  /** Ends the one that is running or waiting, or only one of this kind. */
  cancel(kind?: TaskKind): void {
    this.#task.cancel(kind);
  }

  /** Another device takes over: what this one can do no longer counts. */
  forgetDevice(): void {
    this.#rates = undefined;
  }

  /** Times the newest network, and what `requestOf` puts beside it, in turn; the result is in the store. */
  async measure(requestOf: (newest: Architecture) => MeasureRequest): Promise<void> {
    const measurement = await this.#task.run("measure", async ({ engine, tell, architecture }) => {
      const request = requestOf(architecture);
      const other = request.variants.find((variant) => variant.architecture !== architecture);
      const value = await engine.measure(request, tell);
      return { architecture, ...(other && { against: other.architecture }), value };
    });
    if (measurement) this.#store.setState({ measurement });
  }

  /** Times any networks in turn; undefined where that was cancelled or failed, which is told as news. */
  compare(request: MeasureRequest): Promise<Measurement | undefined> {
    return this.#task.run("compare", ({ engine, tell }) => engine.measure(request, tell));
  }

  /** Times every node; the result is in the store. */
  async profile(): Promise<void> {
    const profile = await this.#task.run("profile", ({ engine, tell }) => engine.profile(tell));
    if (profile) this.#keepProfile(profile.architecture, profile.value);
  }

  /**
   * Times every operation of the present network, or of another, and what the device can do at its best: the best that was
   * seen so far, for a busy machine only ever does less. Undefined where that was cancelled or failed, which is told as news.
   */
  async explain(other?: AnyNetwork): Promise<Explained | undefined> {
    const found = await this.#task.run("profile", async ({ engine, tell, isWanted }) => {
      const share = 0.6;
      const profile = await engine.profile((done, what) => tell(share * done, what), other);
      if (!isWanted()) throw new EngineError("cancelled", "The profile was stopped.");
      const measured = await engine.rates((done, what) => tell(share + (1 - share) * done, what));
      return { network: profile.architecture, profile: profile.value, rates: bestOf(measured, this.#rates) };
    });
    if (!found) return undefined;
    this.#rates = found.rates;
    if (!other) this.#keepProfile(found.network, found.profile);
    return found;
  }

  /** Runs the present network in every way there is; how far they lie apart is in the store. */
  async verify(): Promise<void> {
    const verification = await this.#task.run("verify", ({ engine, tell }) => engine.verify(tell));
    if (verification) this.#store.setState({ verification });
  }

  /** Runs the published check beside the present network; the result is in the store. */
  async checkPublished({ allowLarge }: { readonly allowLarge: boolean }): Promise<void> {
    const published = await this.#task.run("published", ({ engine, tell }) =>
      engine.checkPublished(allowLarge, tell),
    );
    if (published) this.#store.setState({ published });
  }

  /** Counts right answers on the labelled test images; the result is in the store. */
  async accuracy(): Promise<void> {
    const found = await this.#task.run("accuracy", ({ engine, tell }) => engine.accuracy(tell));
    if (found) this.#keepAccuracy(found);
  }

  /** Runs many measurements as one task. Its networks are guests: the present one stays. */
  async sweep(run: (engine: SweepEngine, tell: OnProgress) => Promise<void>): Promise<void> {
    const weights = identityOf(this.#store.getState().weights);
    await this.#task.run("sweep", ({ engine, tell, isWanted }) => {
      const checkWanted = () => {
        if (!isWanted()) throw new EngineError("cancelled", "The sweep was stopped.");
      };
      // Of a sweep that was stopped nothing is wanted: another may stand in its place by the time that an answer comes.
      const whileWanted = async <T>(call: () => Promise<T>): Promise<T> => {
        checkWanted();
        const answer = await call();
        checkWanted();
        return answer;
      };
      return run(
        {
          measure: (request) => whileWanted(() => engine.measure(request)),
          accuracy: async (architecture) => {
            const found = await whileWanted(() => engine.accuracy(undefined, architecture));
            this.#keepAccuracy(found);
            if (found.weights === weights) return found.value;
            const why =
              "Other weights were loaded meanwhile, and one sweep's accuracies are of one checkpoint.";
            throw new EngineError("failed", why);
          },
        },
        tell,
      );
    });
  }

  #keepProfile(architecture: AnyNetwork, value: Profile): void {
    if (!isFixed(architecture)) this.#store.setState({ profile: { architecture, value } });
  }

  /** One for every version of the network with every weights, the newest first. */
  #keepAccuracy(found: Answer<Accuracy>): void {
    const others = this.#store
      .getState()
      .accuracies.filter(
        ({ architecture, weights }) =>
          weights !== found.weights || !sameNetwork(architecture, found.architecture),
      );
    this.#store.setState({ accuracies: [found, ...others] });
  }
}

function bestOf(rates: DeviceRates, known: DeviceRates = rates): DeviceRates {
  return {
    ...rates,
    macsPerSecond: Math.max(rates.macsPerSecond, known.macsPerSecond),
    bytesPerSecond: Math.max(rates.bytesPerSecond, known.bytesPerSecond),
  };
}
