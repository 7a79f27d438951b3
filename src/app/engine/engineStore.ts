/** @file What the page knows about the engine: what it runs on, what it is doing, what it found. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Architecture } from "../../model/architecture/schema.ts";
import type {
  About,
  Accuracy,
  Answer,
  BuildReport,
  Measurement,
  Prediction,
  Profile,
  PublishedCheck,
  Verification,
  WeightsInfo,
} from "../../model/engine/api.ts";
import type { AnyNetwork } from "../../model/graph/network.ts";
import type { BackendChoice, BackendInfo } from "../../model/runtime/backends.ts";
import { sameNetwork } from "../network/sameNetwork.ts";
import type { EngineProblem } from "./errors.ts";

/** `starting`: the backend; `loading`: the first weights, without which nothing can be built. */
export type EngineStatus = "starting" | "loading" | "building" | "predicting" | "idle" | "failed";

/** A long call: how far it is, 0 to 1, and what it does at the moment. */
export interface Progress {
  readonly done: number;
  readonly what: string;
}

export type TaskKind = "measure" | "compare" | "profile" | "sweep" | "accuracy" | "verify" | "published";

/** Times of a network, and of the one that ran in turn with it, if one did: what its ratios are against. */
export interface MeasuredNetwork extends About<Measurement> {
  readonly against?: AnyNetwork;
}

export interface EngineState {
  readonly status: EngineStatus;
  /** Why `status` is `failed`. */
  readonly failure: EngineProblem | undefined;
  /** What was asked for. */
  readonly choice: BackendChoice;
  /** What runs. */
  readonly backend: BackendInfo | undefined;
  /** The weights that were loaded last: what is built next has them. */
  readonly weights: WeightsInfo | undefined;
  /** The weights that are on their way. */
  readonly fetching: (Progress & { readonly id: string }) | undefined;
  readonly built: Answer<BuildReport> | undefined;
  readonly prediction: Answer<Prediction> | undefined;
  readonly task: (Progress & { readonly kind: TaskKind }) | undefined;
  readonly measurement: MeasuredNetwork | undefined;
  readonly profile: About<Profile> | undefined;
  /** How far the ways to run a network lie apart on this backend. */
  readonly verification: Answer<Verification> | undefined;
  /** Whether the published numbers come out here. */
  readonly published: PublishedCheck | undefined;
  /** Newest first: one for every network with every weights that it was measured with. */
  readonly accuracies: readonly Answer<Accuracy>[];
}

/** Whether an answer is about this network with the weights that are loaded now. */
export function isAbout(
  answer: Pick<Answer<unknown>, "architecture" | "weights">,
  architecture: Architecture,
  loaded: WeightsInfo | undefined,
): boolean {
  return answer.weights === identityOf(loaded) && sameNetwork(answer.architecture, architecture);
}

/** What was counted for this network with the weights that are loaded now. */
export function accuracyOf(
  { accuracies, weights }: Pick<EngineState, "accuracies" | "weights">,
  architecture: Architecture,
): Accuracy | undefined {
  return accuracies.find((one) => isAbout(one, architecture, weights))?.value;
}

/** The last build that has the weights which are loaded now: right after loading there is none. */
export function builtWithPresent({
  built,
  weights,
}: Pick<EngineState, "built" | "weights">): BuildReport | undefined {
  return built?.weights === identityOf(weights) ? built.value : undefined;
}

/** Of the weights that are loaded now; networks run untrained until there are any. */
export function identityOf(loaded: WeightsInfo | undefined): string {
  return loaded?.identity ?? "untrained";
}

/** What of the times was taken on this backend: another's stand for nothing that runs now. */
export function timesOn(
  { name, adapter }: BackendInfo,
  { measurement, profile }: Pick<EngineState, "measurement" | "profile">,
): Pick<EngineState, "measurement" | "profile"> {
  const isOfIt = (times: Measurement | Profile | undefined) =>
    times?.backend.name === name && times.backend.adapter === adapter;
  return {
    measurement: isOfIt(measurement?.value) ? measurement : undefined,
    profile: isOfIt(profile?.value) ? profile : undefined,
  };
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

/** What is known of the engine, to read and to follow. */
export type EngineStore = Omit<StoreApi<EngineState>, "setState">;

/** As it is for those who find it out: the engine's client with its tasks, and what keeps the accuracies. */
export type WritableEngineStore = StoreApi<EngineState>;

/** A store of its own, so that tests start from nothing. */
export function createEngineStore(): WritableEngineStore {
  return createStore<EngineState>()(() => initialEngineState);
}
