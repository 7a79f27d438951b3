/** @file Why an engine call failed, read from what came back over the worker boundary. */
import type { EngineErrorCode } from "../../model/engine/api.ts";

/** A failed call, in a form that panels and notices can show. */
export interface EngineProblem {
  readonly code: EngineErrorCode;
  /** One or two sentences that name the next step. */
  readonly message: string;
}

const codes: readonly EngineErrorCode[] = [
  "cancelled",
  "deviceLost",
  "outOfMemory",
  "overLimits",
  "badInput",
  "weights",
  "failed",
];

/** Reads any thrown value; what has no known code is `failed`. */
export function problemOf(error: unknown): EngineProblem {
  const code = error instanceof Error || isRecord(error) ? codeIn(error) : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return { code: code ?? "failed", message: message || "The engine gave no reason." };
}

/** After these the worker's state cannot be trusted: a fresh one is started. */
export function needsRestart({ code }: EngineProblem): boolean {
  return code === "deviceLost" || code === "outOfMemory";
}

function codeIn(error: object): EngineErrorCode | undefined {
  const named = "code" in error ? error.code : "name" in error ? error.name : undefined;
  return codes.find((code) => code === named);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
