/** @file Every part that is loaded after the first screen. */
import { partOf } from "./part.ts";

export const notices = partOf("The notices", async () => (await import("../notices/Notices.tsx")).Notices);
export const gallery = partOf("The gallery", async () => (await import("../gallery/Gallery.tsx")).Gallery);
export const predict = partOf(
  "Predict",
  async () => (await import("../predict/PredictPanel.tsx")).PredictPanel,
);
export const measure = partOf(
  "Measure",
  async () => (await import("../measure/MeasurePanel.tsx")).MeasurePanel,
);
export const weights = partOf(
  "Weights",
  async () => (await import("../weights/WeightsPanel.tsx")).WeightsPanel,
);
export const learn = partOf("Learn", async () => (await import("../learn/LearnPanel.tsx")).LearnPanel);
export const compare = partOf("The comparison", async () => (await import("../compare/Compare.tsx")).Compare);
export const json = partOf("The JSON", async () => (await import("../dialogs/JsonDialog.tsx")).JsonDialog);
export const about = partOf("About", async () => (await import("../dialogs/AboutDialog.tsx")).AboutDialog);
export const shortcuts = partOf(
  "The list of shortcuts",
  async () => (await import("../dialogs/ShortcutsDialog.tsx")).ShortcutsDialog,
);

/** Ms after the start at which the page is taken to be quiet. */
const quietMs = 4000;

/** Fetches all of them while nobody waits, so that the page is whole without a network from then on. */
export function preloadParts(): void {
  const parts = [gallery, predict, measure, weights, learn, compare, json, about, shortcuts];
  setTimeout(() => {
    for (const { load } of parts) load().catch(() => undefined);
  }, quietMs);
}
