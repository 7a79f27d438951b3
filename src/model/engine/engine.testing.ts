/** @file What the engine's tests build, and how they read what comes of it. */
import { expect } from "vitest";
import { edit } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import type { Architecture } from "../architecture/schema.ts";
import type { BuildResult } from "./api.ts";

export const places = { site: document.baseURI };

export function edited(
  architecture: Architecture,
  ...[path, value]: [Parameters<typeof edit>[1], unknown]
): Architecture {
  const result = edit(architecture, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Atto with two blocks a stage at 32 x 32: every kind of layer, little work. */
export const small = edited(
  edited(presetOf("inceptionnext_atto").architecture, "imageSize", 32),
  "stages[*].depth",
  2,
);

export const comparison = (a: string, b: string, rounds: number) => {
  const number: unknown = expect.any(Number);
  return { a, b, median: number, low: number, high: number, rounds };
};

export function reportOf(result: BuildResult) {
  if (result.kind !== "built") throw new Error("superseded");
  return result.report;
}
