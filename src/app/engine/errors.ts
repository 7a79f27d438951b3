/** @file Why an engine call failed, read from what came back over the worker boundary. */
import { type EngineErrorCode, engineErrorCode } from "../../model/runtime/errors.ts";

/** A failed call, in a form that panels and notices can show. */
export interface EngineProblem {
  readonly code: EngineErrorCode;
  /** One or two sentences that name the next step. */
  readonly message: string;
}

/** Reads any thrown value. */
export function problemOf(error: unknown): EngineProblem {
  if (isProblem(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: engineErrorCode(error),
    message: message || "The engine gave no reason. Try again, or reload the page.",
  };
}

/** After these the worker's state cannot be trusted: a fresh one is started. */
export function needsRestart({ code }: EngineProblem): boolean {
  return code === "deviceLost" || code === "outOfMemory";
}

function isProblem(error: unknown): error is EngineProblem {
  return typeof error === "object" && error !== null && "code" in error && !(error instanceof Error);
}
