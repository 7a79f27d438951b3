/** @file What the page knows about the engine: what it runs on, what it is doing, what it found. */
import { createStore } from "zustand/vanilla";
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  Accuracy,
  BuildReport,
  Measurement,
  Prediction,
  Profile,
  PublishedCheck,
  Verification,
  WeightsInfo,
} from "../../model/engine/api.ts";
import type { BackendChoice, BackendInfo } from "../../model/runtime/backends.ts";
import type { EngineProblem } from "./errors.ts";

/** `starting`: the backend; `loading`: the first weights, without which nothing can be built. */
export type EngineStatus = "starting" | "loading" | "building" | "predicting" | "idle" | "failed";

/** A long call: how far it is, 0 to 1, and what it does at the moment. */
export interface Progress {
  readonly done: number;
  readonly what: string;
}

export type TaskKind = "measure" | "compare" | "profile" | "sweep" | "accuracy" | "verify" | "published";

/** A result, and the architecture that it is about: an edit makes it stale, not wrong. */
export interface About<T> {
  readonly architecture: Architecture;
  readonly value: T;
}

export interface EngineState {
  readonly status: EngineStatus;
  /** Why `status` is `failed`. */
  readonly failure: EngineProblem | undefined;
  /** What was asked for. */
  readonly choice: BackendChoice;
  /** What runs. */
  readonly backend: BackendInfo | undefined;
  /** The weights that are in use. */
  readonly weights: WeightsInfo | undefined;
  /** The weights that are on their way. */
  readonly fetching: (Progress & { readonly id: string }) | undefined;
  readonly built: About<BuildReport> | undefined;
  readonly prediction: About<Prediction> | undefined;
  readonly task: (Progress & { readonly kind: TaskKind }) | undefined;
  readonly measurement: About<Measurement> | undefined;
  readonly profile: About<Profile> | undefined;
  /** How far the ways to run the network lie apart, with these weights on this backend. */
  readonly verification: About<Verification> | undefined;
  /** Whether the published numbers come out here. */
  readonly published: PublishedCheck | undefined;
  /** Newest first: one for every version that was measured with these weights. */
  readonly accuracies: readonly About<Accuracy>[];
}

export const initialEngineState: EngineState = {
  status: "starting",
  failure: undefined,
  choice: "auto",
  backend: undefined,
  weights: undefined,
  fetching: undefined,
  built: undefined,
  prediction: undefined,
  task: undefined,
  measurement: undefined,
  profile: undefined,
  verification: undefined,
  published: undefined,
  accuracies: [],
};

/** A store of its own, so that tests start from nothing. */
export function createEngineStore() {
  return createStore<EngineState>()(() => initialEngineState);
}

export type EngineStore = ReturnType<typeof createEngineStore>;
