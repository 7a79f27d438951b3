/** @file What the engine client has to tell the person; nothing edited is lost in any of it. */
import type { BackendChoice } from "../../model/runtime/backends.ts";
import type { TaskKind } from "./engineStore.ts";
import type { EngineProblem } from "./errors.ts";

export type EngineNews =
  /** A fresh worker rebuilds the present network. */
  | { readonly kind: "restarted"; readonly problem: EngineProblem }
  /** The forced backend did not start; the automatic choice took over. */
  | { readonly kind: "backendRefused"; readonly choice: BackendChoice; readonly problem: EngineProblem }
  /** After a restart the weights could not be had again: the network goes on untrained. */
  | { readonly kind: "weightsLost"; readonly problem: EngineProblem }
  /** The present network was not built or run; an edit or `retry` goes on. */
  | { readonly kind: "failed"; readonly problem: EngineProblem }
  | { readonly kind: "taskFailed"; readonly task: TaskKind; readonly problem: EngineProblem };
