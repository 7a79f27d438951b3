/** @file What of the page is in sight: edit or compare, the panel, the gallery, a dialog. Not undone. */
import { createStore } from "zustand/vanilla";

/** One panel on the right at a time. */
export const panels = ["inspector", "predict", "measure", "weights", "learn"] as const;

/** On a narrow screen the gallery is a panel, too. */
export type PanelId = (typeof panels)[number] | "gallery";
export type DialogId = "json" | "shortcuts" | "about";

/** `edit`: the canvas and its panels; `lab`: networks side by side, over the whole width. */
export type ViewMode = "edit" | "lab";

/** The views of the lab. */
const labTabs = ["board", "why", "sweep", "paper"] as const;
export type LabTab = (typeof labTabs)[number];

interface ViewState {
  readonly mode: ViewMode;
  /** The one that is open in the lab, or was last. */
  readonly labTab: LabTab;
  readonly panel: PanelId;
  readonly isGalleryOpen: boolean;
  /** On a narrow screen the panels are a sheet over the canvas. */
  readonly isSheetOpen: boolean;
  readonly dialog: DialogId | undefined;
}

/** Below this width, in pixels, the gallery lies over the canvas and starts folded away. */
const roomForGallery = 1200;

/** `search` is that of the address: `?view=` opens the lab there. */
export function createViewStore(width: number, search = "") {
  const labTab = labTabInAddress(search);
  return createStore<ViewState>()(() => ({
    mode: labTab ? "lab" : "edit",
    labTab: labTab ?? "board",
    panel: "inspector",
    isGalleryOpen: width >= roomForGallery,
    isSheetOpen: false,
    dialog: undefined,
  }));
}

export type ViewStore = ReturnType<typeof createViewStore>;

/** The address with `?view=` for the lab's open view, and without it for the canvas; everything else stays. */
export function addressOfView(href: string, { mode, labTab }: Pick<ViewState, "mode" | "labTab">): string {
  const url = new URL(href);
  if (mode === "lab") url.searchParams.set("view", labTab);
  else url.searchParams.delete("view");
  return url.href;
}

function labTabInAddress(search: string): LabTab | undefined {
  const asked = new URLSearchParams(search).get("view");
  return labTabs.find((tab) => tab === asked);
}
