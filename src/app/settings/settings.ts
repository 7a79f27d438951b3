/** @file What a person set up once and expects to find again: theme, backend, how to measure. */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BackendChoice } from "../../model/runtime/backends.ts";
import { readFields } from "../persistence/fields.ts";
import type { Key } from "../persistence/key.ts";
import { mergeFields } from "../persistence/merge.ts";
import type { Persistence } from "../persistence/persistence.ts";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const backendChoices = ["auto", "webgpu", "wasm", "cpu"] as const satisfies readonly BackendChoice[];

/** Largest values that the measure panel takes. */
export const measureLimits = { batch: 64, runs: 500 } as const;

export interface Settings {
  readonly theme: Theme;
  readonly backend: BackendChoice;
  /** Images a forward. */
  readonly batch: number;
  /** Counted rounds. */
  readonly runs: number;
  readonly measureAfterEdits: boolean;
  /** The line that tells a first visitor what this is has been read. */
  readonly knowsTheApp: boolean;
}

const fields = {
  theme: z.enum(themes),
  backend: z.enum(backendChoices),
  batch: z.int().min(1).max(measureLimits.batch),
  runs: z.int().min(1).max(measureLimits.runs),
  measureAfterEdits: z.boolean(),
  knowsTheApp: z.boolean(),
};

const initial: Settings = {
  theme: "system",
  backend: "auto",
  batch: 1,
  runs: 20,
  measureAfterEdits: false,
  knowsTheApp: false,
};

/** `index.html` reads the theme of this before the first paint. */
export const settingsKey: Key<Settings> = {
  name: "settings",
  version: 1,
  formerly: ["settings"],
  what: "your settings",
  parse: (stored) => readFields<Settings>(fields, initial, stored),
  merge: mergeFields,
};

/** The settings, to read and to follow; and what changes them. */
export interface SettingsStore extends Omit<StoreApi<Settings>, "setState"> {
  /** From now on, in later visits and in other tabs too. */
  readonly choose: (changes: Partial<Settings>) => void;
}

export function createSettingsStore(persistence: Persistence): SettingsStore {
  const slot = persistence.slot(settingsKey);
  const { setState: set, ...store } = createStore<Settings>()(() => slot.value);
  slot.follow(set);
  return {
    ...store,
    choose: (changes) => {
      set(changes);
      void slot.write(store.getState());
    },
  };
}

/** `?backend=` of an address, which overrides the setting for this visit; undefined where there is none. */
export function backendInAddress(search: string): BackendChoice | undefined {
  const asked = new URLSearchParams(search).get("backend");
  return backendChoices.find((choice) => choice === asked);
}
