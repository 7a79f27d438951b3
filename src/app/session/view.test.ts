import { describe, expect, it } from "vitest";
import { addressOfView, createViewStore } from "./view.ts";

describe("?view=", () => {
  it.each([
    ["?view=sweep", "compare", "sweep"],
    ["?backend=wasm&view=board", "compare", "board"],
    ["?view=nonsense", "edit", "board"],
    ["", "edit", "board"],
  ])("%j opens %s", (search, mode, compareTab) => {
    expect(createViewStore(1440, search).getState()).toMatchObject({ mode, compareTab });
  });

  it("is written for Compare, taken away for the canvas, and leaves the rest alone", () => {
    const address = "https://host/explorer/?backend=wasm#a=1.x";
    const compared = addressOfView(address, { mode: "compare", compareTab: "why" });
    expect(compared).toBe("https://host/explorer/?backend=wasm&view=why#a=1.x");
    expect(addressOfView(compared, { mode: "edit", compareTab: "why" })).toBe(address);
  });
});

describe("what is in sight", () => {
  const wide = 1440;
  const phone = 390;

  it("is changed by named actions only", () => {
    expect(createViewStore(wide)).not.toHaveProperty("setState");
  });

  it("opens Compare at the view that was open last, or the one that is asked for", () => {
    const view = createViewStore(wide);
    view.showCompare("sweep");
    view.showCanvas();
    expect(view.getState().mode).toBe("edit");
    view.showCompare();
    expect(view.getState()).toMatchObject({ mode: "compare", compareTab: "sweep" });
    view.toggleMode();
    expect(view.getState()).toMatchObject({ mode: "edit", compareTab: "sweep" });
  });

  it("raises the sheet for a panel that is opened, not for one that is turned to", () => {
    const view = createViewStore(phone);
    view.turnTo("learn");
    view.showCanvas("inspector");
    expect(view.getState()).toMatchObject({ panel: "inspector", isSheetOpen: false });
    view.openPanel("measure");
    expect(view.getState()).toMatchObject({ panel: "measure", isSheetOpen: true });
    view.closeSheet();
    expect(view.getState()).toMatchObject({ panel: "measure", isSheetOpen: false });
  });

  it("lowers the sheet where the tab of its panel is pressed again", () => {
    const view = createViewStore(phone);
    const sheets = (["predict", "learn", "learn", "learn"] as const).map((panel) => {
      view.pressTab(panel);
      return view.getState().isSheetOpen;
    });
    expect(sheets).toEqual([true, true, false, true]);
    expect(view.getState().panel).toBe("learn");
  });

  it("unfolds the gallery where there is room, and folds it when told to", () => {
    const view = createViewStore(phone);
    expect(view.getState().isGalleryOpen).toBe(false);
    view.toggleGallery();
    expect(view.getState().isGalleryOpen).toBe(true);
    view.closeGallery();
    expect(view.getState().isGalleryOpen).toBe(false);
    expect(createViewStore(wide).getState().isGalleryOpen).toBe(true);
  });

  it("has one dialog at most", () => {
    const view = createViewStore(wide);
    view.openDialog("json");
    view.openDialog("about");
    expect(view.getState().dialog).toBe("about");
    view.closeDialog();
    expect(view.getState().dialog).toBeUndefined();
  });
});
