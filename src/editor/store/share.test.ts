import { expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { share } from "./share.ts";

const atto = presetOf("inceptionnext_atto").architecture;

it("keeps the identity of the whole where nothing changed", () => {
  expect(share(atto, structuredClone(atto))).toBe(atto);
});

it("keeps the identity of every part that did not change", () => {
  const changed = structuredClone(atto) as { -readonly [Key in keyof typeof atto]: (typeof atto)[Key] };
  changed.imageSize = 128;
  const shared = share(atto, changed);
  expect(shared).toEqual(changed);
  expect(shared).not.toBe(atto);
  expect(shared.stages).toBe(atto.stages);
});

it.each([
  [
    [1, 2, 3],
    [1, 2],
  ],
  [{ a: 1, b: 2 }, { a: 1 }],
  [{ a: undefined }, { b: undefined }],
  [[1], { 0: 1 }],
  [{ a: 1 }, null],
  [null, { a: 1 }],
])("gives the next value where it differs: %j to %j", (previous, next) => {
  expect(share<unknown>(previous, next)).toEqual(next);
  expect(Array.isArray(share<unknown>(previous, next))).toBe(Array.isArray(next));
});
