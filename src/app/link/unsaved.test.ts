import { expect, it } from "vitest";
import { forgetUnsaved, hashToOpen, keepUnsaved } from "./unsaved.ts";

function tab(stored?: string) {
  const values = new Map(stored === undefined ? [] : [["inceptionnext-explorer.unsaved", stored]]);
  return () => ({
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  });
}

it("opens what was edited last, once, and for the address that it was edited at", () => {
  const storage = tab();
  keepUnsaved("#a=old", "#a=new", storage);
  expect(hashToOpen("#a=old", storage)).toBe("#a=new");
  expect(hashToOpen("#a=old", storage)).toBe("#a=old");
  keepUnsaved("#a=old", "#a=new", storage);
  expect(hashToOpen("#a=another", storage)).toBe("#a=another");
  expect(hashToOpen("#a=old", storage)).toBe("#a=old");
});

it.each(["nonsense", "7", "[1, 2]", '["#a=old"]', "{}"])("opens the address where %s is kept", (stored) => {
  expect(hashToOpen("#a=old", tab(stored))).toBe("#a=old");
});

it("opens the address where the page went nowhere after all", () => {
  const storage = tab();
  keepUnsaved("#a=old", "#a=new", storage);
  forgetUnsaved(storage);
  expect(hashToOpen("#a=old", storage)).toBe("#a=old");
});

it("opens the address where nothing may be kept", () => {
  const denied = () => {
    throw new Error("denied");
  };
  keepUnsaved("#a=old", "#a=new", denied);
  forgetUnsaved(denied);
  expect(hashToOpen("#a=old", denied)).toBe("#a=old");
});
