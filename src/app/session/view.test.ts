import { describe, expect, it } from "vitest";
import { addressOfView, createViewStore } from "./view.ts";

describe("?view=", () => {
  it.each([
    ["?view=sweep", "lab", "sweep"],
    ["?backend=wasm&view=board", "lab", "board"],
    ["?view=nonsense", "edit", "board"],
    ["", "edit", "board"],
  ])("%j opens %s", (search, mode, labTab) => {
    expect(createViewStore(1440, search).getState()).toMatchObject({ mode, labTab });
  });

  it("is written for the lab, taken away for the canvas, and leaves the rest alone", () => {
    const address = "https://host/explorer/?backend=wasm#a=1.x";
    const compared = addressOfView(address, { mode: "lab", labTab: "why" });
    expect(compared).toBe("https://host/explorer/?backend=wasm&view=why#a=1.x");
    expect(addressOfView(compared, { mode: "edit", labTab: "why" })).toBe(address);
  });
});
