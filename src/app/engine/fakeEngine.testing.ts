/** @file An engine for tests: every call waits until the test answers it. Never part of the page. */
import { presetOf } from "../../model/architecture/presets.ts";
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  BuildReport,
  BuildResult,
  Engine,
  Measurement,
  Prediction,
  WeightsInfo,
} from "../../model/engine/api.ts";
import type { EngineConnection } from "./connection.ts";

/** A call that the client made and that has not been answered. */
interface Call {
  readonly name: keyof Engine;
  readonly args: readonly unknown[];
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** One worker under the test's control. As a real one it knows what its answers are about. */
class FakeWorker {
  readonly calls: Call[] = [];
  isClosed = false;
  #weights = "untrained";
  #architecture: unknown;
  #picture: unknown;
  crash: (reason: string) => void = () => undefined;

  readonly connection: EngineConnection = {
    engine: new Proxy({} as Engine, {
      get:
        (_target, name: keyof Engine) =>
        (...args: unknown[]) =>
          new Promise((answer, fail) => {
            const answerAbout = (value: unknown) => answer(this.#about(name, args, value));
            this.calls.push({ name, args, answer: answerAbout, fail });
          }),
    }),
    onCrash: (listener) => {
      this.crash = listener;
    },
    close: () => {
      this.isClosed = true;
    },
  };

  /** The value as the engine would hand it out. */
  #about(name: keyof Engine, args: readonly unknown[], value: unknown): unknown {
    const answer = { architecture: this.#architecture, weights: this.#weights, value };
    switch (name) {
      case "loadWeights":
        this.#weights = (value as WeightsInfo).identity;
        return value;
      case "setImage":
        this.#picture = args[1];
        return value;
      case "build": {
        const result = value as BuildResult;
        if (result.kind === "superseded") return result;
        this.#architecture = args[0];
        return { ...result, weights: this.#weights };
      }
      case "predict":
        return { ...answer, value: { ...(value as Prediction), picture: this.#picture } };
      case "accuracy":
      case "profile":
        return { ...answer, architecture: args[1] ?? this.#architecture };
      case "verify":
      case "features":
        return answer;
      default:
        return value;
    }
  }
}

/** Every worker that the client has started, the newest last. */
export class FakeEngines {
  readonly workers: FakeWorker[] = [];

  readonly connect = (): EngineConnection => {
    const worker = new FakeWorker();
    this.workers.push(worker);
    return worker.connection;
  };

  get newest(): FakeWorker {
    const worker = this.workers.at(-1);
    if (!worker) throw new Error("The client has started no worker.");
    return worker;
  }

  /** Names of the newest worker's unanswered calls. */
  get open(): readonly string[] {
    return this.newest.calls.map((call) => call.name);
  }

  /** The oldest unanswered call, which must be this one. */
  async next(name: keyof Engine): Promise<Call> {
    await turn();
    const call = this.newest.calls.shift();
    if (call?.name !== name) throw new Error(`Expected ${name}, but the next call is ${call?.name}.`);
    return call;
  }

  /** Answers the oldest call, which must be this one; gives its arguments. */
  async answer(name: keyof Engine, value: unknown = answers[name]): Promise<readonly unknown[]> {
    const call = await this.next(name);
    call.answer(value);
    await turn();
    return call.args;
  }
}

/** Lets everything that is due run. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** As comlink brings it over: an error whose name is the code. */
export function engineError(code: string, message = `It is ${code}.`): Error {
  return Object.assign(new Error(message), { name: code });
}

export const attoArchitecture: Architecture = presetOf("inceptionnext_atto").architecture;

/** Atto with another depth of stage 3. */
export function attoOfDepth(depth: number): Architecture {
  const [first, second, third, fourth] = attoArchitecture.stages;
  return { ...attoArchitecture, stages: [first, second, { ...third, depth }, fourth] };
}

const weightsInfo: WeightsInfo = {
  id: "fake",
  identity: "fake",
  kind: "manifest",
  origin: "this host",
  bytes: 4,
  verified: true,
};
const report: BuildReport = {
  provenance: { badge: "pretrained", carried: 1 },
  kernels: "folded",
  compiled: 0,
  fates: [],
  buildMs: 1,
  uploaded: 1,
  reused: 0,
  tensors: 1,
  bytes: 4,
};

/** @returns A prediction that took `ms` milliseconds. */
export function prediction(ms: number): Prediction {
  const seen = { size: 1, rgba: new Uint8ClampedArray(4) };
  return { top: [{ index: 0, label: "tench", probability: 1 }], ms, provenance: report.provenance, seen };
}

const backend = { name: "cpu", adapter: "CPU", isSoftware: false, reason: "A test asked for it." } as const;
/** Of nothing. */
export const emptyMeasurement: Measurement = {
  backend,
  environment: { browser: "a browser", tfjs: "4", crossOriginIsolated: true },
  settings: { batch: 1, runs: 1, warmup: 1 },
  results: [],
  ratios: [],
  discarded: { hidden: 0, busy: 0 },
};

const answers: Record<keyof Engine, unknown> = {
  start: backend,
  loadWeights: weightsInfo,
  build: { kind: "built", report },
  setImage: { width: 1, height: 1 },
  predict: prediction(500),
  features: { byId: new Map() },
  run: { logits: [], features: new Map() },
  measure: emptyMeasurement,
  setHidden: undefined,
  profile: {
    backend,
    kernels: "stock",
    msByNode: new Map(),
    covers: new Map(),
    timer: "clock",
    resolutionMs: 0.1,
    leastMs: 0.01,
    forwardMs: 1,
  },
  rates: { backend, macsPerSecond: 1e12, bytesPerSecond: 1e11 },
  accuracy: { top1: 0.5, images: 2, provenance: report.provenance },
  verify: { runs: [], reference: { backend: "cpu", kernels: "stock", ms: 1 } },
  checkPublished: { kind: "missing" },
  inspectFile: { matched: 1, missing: [], extra: [], misshaped: [] },
  cancel: undefined,
};
