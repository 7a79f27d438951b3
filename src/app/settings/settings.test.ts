import { describe, expect, it } from "vitest";
import { memorySite } from "../persistence/memory.testing.ts";
import { backendInAddress, createSettingsStore, settingsKey } from "./settings.ts";

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
    expect(settingsKey.parse(stored).value).toEqual(defaults);
  });

  it("keep what is right and drop what is wrong", () => {
    const stored = { theme: "dark", backend: "cuda", batch: 0, runs: 7.5, measureAfterEdits: true, old: 1 };
    expect(settingsKey.parse(stored)).toEqual({
      value: { ...defaults, theme: "dark", measureAfterEdits: true },
      isWhole: false,
    });
    expect(settingsKey.parse({ theme: "dark", old: 1 }).isWhole).toBe(true);
  });

  it("that were stored before they had a version are found again", async () => {
    const site = memorySite({ settings: '{"theme":"dark"}' });
    const settings = createSettingsStore(await site.open());
    expect(settings.getState()).toEqual({ ...defaults, theme: "dark" });
  });

  it("that are chosen in one tab hold in the other, each beside what that one chose", async () => {
    const site = memorySite();
    const [here, there] = [createSettingsStore(await site.open()), createSettingsStore(await site.open())];
    here.choose({ theme: "dark" });
    there.choose({ runs: 50 });
    await site.settled();
    const both = { ...defaults, theme: "dark", runs: 50 };
    expect([here.getState(), there.getState()]).toEqual([both, both]);
    expect(createSettingsStore(await site.open()).getState()).toEqual(both);
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
