import { expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { createEditorStore } from "../store/store.ts";
import { shareViews } from "./shareViews.ts";

const createViewStore = (architecture: typeof atto) => createEditorStore(architecture, { isEditable: false });

const atto = presetOf("inceptionnext_atto").architecture;
const tiny = presetOf("convnext_tiny").architecture;

it("cannot be edited, only unfolded", () => {
  const store = createViewStore(atto);
  const before = store.getState();
  before.edit("imageSize", 64);
  before.applyArchitecture(tiny);
  before.select("stages.0");
  before.setScope("all");
  before.undo();
  expect(store.getState()).toEqual(before);
  before.setView(1, { open: true });
  expect(store.getState().views[1]?.open).toBe(true);
  expect(store.getState().architecture).toBe(atto);
});

it("opens in both what is opened in one, until that ends", () => {
  const [a, b] = [createViewStore(atto), createViewStore(tiny)];
  const end = shareViews(a, b);
  a.getState().setView(2, { open: true, block: 1 });
  expect(b.getState().views).toBe(a.getState().views);
  b.getState().setView(2, { mixer: true });
  expect(a.getState().views[2]).toEqual({ open: true, block: 1, mixer: true });
  end();
  b.getState().foldAll();
  expect(b.getState().views[2]?.open).toBe(false);
  expect(a.getState().views[2]?.open).toBe(true);
});
