/** @file What can go wrong while a network is built or run, told apart in a form that survives the worker boundary. */

/**
 * - `cancelled`: asked for by the person;
 * - `deviceLost`: the GPU went away (driver reset, sleep, too long a dispatch);
 * - `outOfMemory`: the device or WebAssembly had no room;
 * - `overLimits`: the network does not fit this device, seen before building;
 * - `unavailable`: the chosen backend does not exist here;
 * - `badInput`: what was handed in cannot be used;
 * - `weights`: the checkpoint could not be fetched or read;
 * - `failed`: anything else, a bug of ours included.
 */
export type EngineErrorCode =
  | "cancelled"
  | "deviceLost"
  | "outOfMemory"
  | "overLimits"
  | "unavailable"
  | "badInput"
  | "weights"
  | "failed";

const codes: readonly string[] = [
  "cancelled",
  "deviceLost",
  "outOfMemory",
  "overLimits",
  "unavailable",
  "badInput",
  "weights",
  "failed",
] satisfies EngineErrorCode[];

/** Its code is its `name`, since of an error only name, message and stack cross the worker boundary. */
export class EngineError extends Error {
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
  }
}

/** The code of any error, also of one that came out of the worker; one that is not ours is classed by what it says. */
export function engineErrorCode(error: unknown): EngineErrorCode {
  if (!(error instanceof Error)) return "failed";
  if (codes.includes(error.name)) return error.name as EngineErrorCode;
  if (error.name === "CheckpointError") return "weights";
  if (error.name === "ImageError" || error.name === "ArchitectureError") return "badInput";
  if (/out of memory|allocation failed|memory access out of bounds|\bOOM\b/i.test(error.message))
    return "outOfMemory";
  return "failed";
}
