/** @file What a task of the engine runs on. */
import type { RunningBackend } from "../runtime/backends.ts";
import type { NetworkDevice } from "../runtime/build.ts";

/** A backend that runs, with what the networks on it share. Its limits are what the task may take. */
export type Started = RunningBackend & { readonly device: NetworkDevice };
