/** @file What a person set up once and expects to find again: theme, backend, how to measure. */
import { z } from "zod";
import { createStore } from "zustand/vanilla";
import type { BackendChoice } from "../../model/runtime/backends.ts";
import { readStored, writeStored } from "../persistence/storage.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const backendChoices = ["auto", "webgpu", "wasm", "cpu"] as const satisfies readonly BackendChoice[];

/** Largest values that the measure panel takes. */
export const measureLimits = { batch: 64, runs: 500 } as const;

const settings = z.object({
  theme: z.enum(themes).catch("system"),
  backend: z.enum(backendChoices).catch("auto"),
  /** Images a forward. */
  batch: z.int().min(1).max(measureLimits.batch).catch(1),
  /** Counted rounds. */
  runs: z.int().min(1).max(measureLimits.runs).catch(20),
  measureAfterEdits: z.boolean().catch(false),
  /** The line that tells a first visitor what this is has been read. */
  knowsTheApp: z.boolean().catch(false),
});

export type Settings = Readonly<z.infer<typeof settings>>;

/** Any stored value as settings: what is missing or wrong takes its default. */
export function settingsFrom(stored: unknown): Settings {
  const read = settings.safeParse(stored);
  return read.success ? read.data : settings.parse({});
}

export const settingsStore = createStore<Settings>()(() => settingsFrom(readStored("settings")));

settingsStore.subscribe((state) => writeStored("settings", state));

/** `?backend=` of an address, which overrides the setting for this visit; undefined where there is none. */
export function backendInAddress(search: string): BackendChoice | undefined {
  const asked = new URLSearchParams(search).get("backend");
  return backendChoices.find((choice) => choice === asked);
}
