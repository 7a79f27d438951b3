/**
 * @file What of the page is in sight: edit or compare, the panel, the gallery, a dialog. Not undone, and changed by
 * nothing but the actions below.
 */
import { createStore, type StoreApi } from "zustand/vanilla";

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

/** What is in sight, to read and to follow; and everything that changes it. */
export interface ViewStore extends Omit<StoreApi<ViewState>, "setState"> {
  /** Edit the network; `panel` is then the open one, though no sheet comes up over the canvas. */
  readonly showCanvas: (panel?: PanelId) => void;
  /** Compare; without `tab`, the view of it that was open last. */
  readonly showCompare: (tab?: CompareTab) => void;
  /** From one to the other. */
  readonly toggleMode: () => void;
  /** Brings a panel in sight; on a narrow screen its sheet comes up. */
  readonly openPanel: (panel: PanelId) => void;
  /** Turns to a panel; a sheet stays up or down. */
  readonly turnTo: (panel: PanelId) => void;
  /** A tab of the sheet was pressed: it comes up with that panel, or goes down where it is up with it. */
  readonly pressTab: (panel: PanelId) => void;
  readonly closeSheet: () => void;
  readonly toggleGallery: () => void;
  readonly closeGallery: () => void;
  readonly openDialog: (dialog: DialogId) => void;
  readonly closeDialog: () => void;
}

/** `search` is that of the address: `?view=` opens Compare there. */
export function createViewStore(width: number, search = ""): ViewStore {
  const asked = compareTabInAddress(search);
  const { setState: set, ...store } = createStore<ViewState>()(() => ({
    mode: asked ? "compare" : "edit",
    compareTab: asked ?? "board",
    panel: "inspector",
    isGalleryOpen: width >= roomForGallery,
    isSheetOpen: false,
    dialog: undefined,
  }));
  return {
    ...store,
    showCanvas: (panel) => set({ mode: "edit", ...(panel && { panel }) }),
    showCompare: (compareTab) => set({ mode: "compare", ...(compareTab && { compareTab }) }),
    toggleMode: () => set(({ mode }) => ({ mode: mode === "edit" ? "compare" : "edit" })),
    openPanel: (panel) => set({ panel, isSheetOpen: true }),
    turnTo: (panel) => set({ panel }),
    pressTab: (panel) =>
      set((state) => ({ panel, isSheetOpen: !(state.isSheetOpen && state.panel === panel) })),
    closeSheet: () => set({ isSheetOpen: false }),
    toggleGallery: () => set(({ isGalleryOpen }) => ({ isGalleryOpen: !isGalleryOpen })),
    closeGallery: () => set({ isGalleryOpen: false }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: undefined }),
  };
}

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
