import { describe, expect, it } from "vitest";
import { backendInAddress, settingsFrom } from "./settings.ts";

const defaults = {
  theme: "system",
  backend: "auto",
  batch: 1,
  runs: 20,
  measureAfterEdits: false,
  knowsTheApp: false,
};

describe("settings", () => {
  it.each([undefined, null, 7, "text", [], {}])("are the defaults where %j is stored", (stored) => {
    expect(settingsFrom(stored)).toEqual(defaults);
  });

  it("keep what is right and drop what is wrong", () => {
    const stored = { theme: "dark", backend: "cuda", batch: 0, runs: 7.5, measureAfterEdits: true, old: 1 };
    expect(settingsFrom(stored)).toEqual({ ...defaults, theme: "dark", measureAfterEdits: true });
  });
});

describe("?backend=", () => {
  it.each([
    ["?backend=wasm", "wasm"],
    ["?x=1&backend=webgpu", "webgpu"],
    ["?backend=auto", "auto"],
    ["?backend=cuda", undefined],
    ["", undefined],
  ])("reads %j as %s", (search, choice) => {
    expect(backendInAddress(search)).toBe(choice);
  });
});
