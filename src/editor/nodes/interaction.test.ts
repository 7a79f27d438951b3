import { beforeEach, describe, expect, it, vi } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { graphOf } from "../../model/graph/network.ts";
import { sceneOf } from "../graph/scene.ts";
import type { SceneNode } from "../graph/sceneTypes.ts";
import { createEditorStore, type EditorStore } from "../store/store.ts";
import { isOpen, pressKey, setOpen } from "./interaction.ts";

let store: EditorStore;
beforeEach(() => {
  store = createEditorStore(presetOf("metanext_tiny_mixed").architecture);
});

/** The node of that type as it is drawn now. */
function find(type: SceneNode["type"], stage: number): SceneNode {
  const { architecture, views } = store.getState();
  const found = sceneOf(architecture, graphOf(architecture), views, "regular").nodes.find(
    (node) => node.type === type && "stage" in node.data && node.data.stage === stage,
  );
  if (!found) throw new Error(`No ${type} in stage ${stage}`);
  return found;
}

describe("keys on a node", () => {
  it("open with right, close with left, and else walk", () => {
    const walk = vi.fn();
    const stage = find("stage", 1);
    expect(pressKey("ArrowRight", stage, store, walk)).toBe(true);
    expect(isOpen(stage, store)).toBe(true);
    pressKey("ArrowRight", stage, store, walk);
    expect(walk.mock.calls).toEqual([[1]]);
    pressKey("ArrowLeft", stage, store, walk);
    expect(isOpen(stage, store)).toBe(false);
    pressKey("ArrowLeft", stage, store, walk);
    pressKey("ArrowUp", stage, store, walk);
    pressKey("ArrowDown", stage, store, walk);
    expect(walk.mock.calls).toEqual([[1], [-1], [-1], [1]]);
  });

  it("select and fold with Enter, only select with Space, and leave others alone", () => {
    const stage = find("stage", 2);
    pressKey("Enter", stage, store, vi.fn());
    expect(store.getState()).toMatchObject({ selection: "stages.2", views: { 2: { open: true } } });
    store.getState().select(undefined);
    pressKey(" ", stage, store, vi.fn());
    expect(store.getState()).toMatchObject({ selection: "stages.2", views: { 2: { open: true } } });
    expect(pressKey("a", stage, store, vi.fn())).toBe(false);
    expect(pressKey("Delete", stage, store, vi.fn())).toBe(false);
  });
});

describe("opening", () => {
  it("shows and hides the branches of a mixer", () => {
    store.getState().setView(1, { open: true, block: 0 });
    const mixer = find("mixer", 1);
    expect(isOpen(mixer, store)).toBe(false);
    setOpen(mixer, true, store);
    expect(isOpen(find("branches", 1), store)).toBe(true);
    setOpen(find("branches", 1), false, store);
    expect(store.getState().views[1]?.mixer).toBe(false);
  });

  it("has nothing to show in an identity mixer or a layer", () => {
    store.getState().setView(3, { open: true, block: 0 });
    expect(isOpen(find("mixer", 3), store)).toBeUndefined();
    expect(isOpen(find("layer", 3), store)).toBeUndefined();
  });

  it("closes a block", () => {
    store.getState().setView(0, { open: true, block: 2 });
    setOpen(find("block", 0), false, store);
    expect(store.getState().views[0]).toMatchObject({ open: true, block: undefined });
  });
});
