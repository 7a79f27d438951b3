import { beforeEach, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { createEditorStore, type EditorStore } from "../store/store.ts";
import { fieldControl } from "./field.ts";

const atto = presetOf("inceptionnext_atto").architecture;

let store: EditorStore;
beforeEach(() => {
  store = createEditorStore(atto);
});

it("makes one undo step of everything until the commit", () => {
  const ratio = fieldControl(store, "stages[*].tokenMixer.branchRatio");
  for (const value of [0.2, 0.15, 0.1]) expect(ratio.onChange(value)).toBeUndefined();
  ratio.onCommit();
  ratio.onChange(0.05);
  ratio.onCommit();
  expect(store.getState().history.past).toHaveLength(2);
  store.getState().undo();
  expect(store.getState().architecture.stages[3].tokenMixer).toMatchObject({ branchRatio: 0.1 });
  store.getState().undo();
  expect(store.getState().architecture).toBe(atto);
});

it("says what is wrong and changes nothing", () => {
  const kernel = fieldControl(store, "stages[0].tokenMixer.bandKernelSize");
  expect(kernel.check(4)).toContain("odd");
  expect(kernel.check(5)).toBeUndefined();
  expect(store.getState().rejected).toEqual([]);
  expect(kernel.onChange(4)).toContain("odd");
  kernel.onCommit();
  expect(store.getState().architecture).toBe(atto);
  expect(store.getState().history.past).toEqual([]);
});
