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
