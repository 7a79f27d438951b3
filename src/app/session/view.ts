/** @file What of the page is in sight: the panel, the gallery, a dialog. Not undone, not shared. */
import { createStore } from "zustand/vanilla";

/** One panel on the right at a time. */
export const panels = ["inspector", "predict", "measure", "weights", "learn"] as const;

/** On a narrow screen the gallery is a panel, too. */
export type PanelId = (typeof panels)[number] | "gallery";

export type DialogId = "json" | "shortcuts" | "about";

interface ViewState {
  readonly panel: PanelId;
  readonly isGalleryOpen: boolean;
  /** On a narrow screen the panels are a sheet over the canvas. */
  readonly isSheetOpen: boolean;
  readonly dialog: DialogId | undefined;
}

/** Below this width, in pixels, the gallery lies over the canvas and starts folded away. */
const roomForGallery = 1200;

export function createViewStore(width: number) {
  return createStore<ViewState>()(() => ({
    panel: "inspector",
    isGalleryOpen: width >= roomForGallery,
    isSheetOpen: false,
    dialog: undefined,
  }));
}

export type ViewStore = ReturnType<typeof createViewStore>;
