/** @file What of the page is in sight: edit or compare, the panel, the gallery, a dialog. Not undone. */
import { createStore } from "zustand/vanilla";

/** One panel on the right at a time. */
export const panels = ["inspector", "predict", "measure", "weights", "learn"] as const;

/** On a narrow screen the gallery is a panel, too. */
export type PanelId = (typeof panels)[number] | "gallery";
export type DialogId = "json" | "shortcuts" | "about";

/** `edit`: the canvas and its panels; `compare`: networks side by side, over the whole width. */
export type ViewMode = "edit" | "compare";

/** The views of Compare. */
const compareTabs = ["board", "why", "sweep", "paper"] as const;
export type CompareTab = (typeof compareTabs)[number];

interface ViewState {
  readonly mode: ViewMode;
  /** The one that is open in Compare, or was last. */
  readonly compareTab: CompareTab;
  readonly panel: PanelId;
  readonly isGalleryOpen: boolean;
  /** On a narrow screen the panels are a sheet over the canvas. */
  readonly isSheetOpen: boolean;
  readonly dialog: DialogId | undefined;
}

/** Below this width, in pixels, the gallery lies over the canvas and starts folded away. */
const roomForGallery = 1200;

/** `search` is that of the address: `?view=` opens Compare there. */
export function createViewStore(width: number, search = "") {
  const compareTab = compareTabInAddress(search);
  return createStore<ViewState>()(() => ({
    mode: compareTab ? "compare" : "edit",
    compareTab: compareTab ?? "board",
    panel: "inspector",
    isGalleryOpen: width >= roomForGallery,
    isSheetOpen: false,
    dialog: undefined,
  }));
}

export type ViewStore = ReturnType<typeof createViewStore>;

/** The address with `?view=` for the open view of Compare, and without it for the canvas; everything else stays. */
export function addressOfView(
  href: string,
  { mode, compareTab }: Pick<ViewState, "mode" | "compareTab">,
): string {
  const url = new URL(href);
  if (mode === "compare") url.searchParams.set("view", compareTab);
  else url.searchParams.delete("view");
  return url.href;
}

function compareTabInAddress(search: string): CompareTab | undefined {
  const asked = new URLSearchParams(search).get("view");
  return compareTabs.find((tab) => tab === asked);
}
