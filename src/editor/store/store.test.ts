import { beforeEach, describe, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { graphOf } from "../../model/graph/network.ts";
import { indexOf, networkCostOf } from "./derived.ts";
import { createEditorStore, type EditorStore } from "./store.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const tiny = presetOf("inceptionnext_tiny").architecture;

let store: EditorStore;
beforeEach(() => {
  store = createEditorStore(atto);
});

const depths = () => store.getState().architecture.stages.map((stage) => stage.depth);
const steps = () => store.getState().history.past.length;

describe("edit", () => {
  it("changes one field and nothing else keeps a new identity", () => {
    expect(store.getState().edit("stages[2].depth", 9)).toEqual([]);
    expect(depths()).toEqual([2, 2, 9, 2]);
    const { architecture, baseline } = store.getState();
    expect(architecture.stages[0]).toBe(atto.stages[0]);
    expect(architecture.stages[2].tokenMixer).toBe(atto.stages[2].tokenMixer);
    expect(baseline).toBe(atto);
  });

  it("says what is wrong, changes nothing and makes no step", () => {
    const issues = store.getState().edit("stages[1].tokenMixer.bandKernelSize", 4);
    expect(issues).toMatchObject([{ path: "stages[1].tokenMixer.bandKernelSize" }]);
    expect(store.getState().rejected).toBe(issues);
    expect(store.getState().architecture).toBe(atto);
    expect(steps()).toBe(0);
  });

  it("forgets what was wrong after the next good edit", () => {
    store.getState().edit("imageSize", 5);
    expect(store.getState().rejected).toHaveLength(1);
    store.getState().edit("imageSize", 64);
    expect(store.getState().rejected).toEqual([]);
  });

  it("makes no step of the value that is there already", () => {
    store.getState().edit("imageSize", atto.imageSize);
    expect(steps()).toBe(0);
    expect(store.getState().architecture).toBe(atto);
  });
});

describe("undo and redo", () => {
  it("cover fields, the name and presets with their baseline", () => {
    const { edit, applyArchitecture, undo, redo } = store.getState();
    edit("name", "mine");
    applyArchitecture(tiny, { baseline: tiny });
    edit("stages[*].depth", 1);
    expect(depths()).toEqual([1, 1, 1, 1]);
    undo();
    expect(store.getState()).toMatchObject({ architecture: tiny, baseline: tiny });
    undo();
    expect(store.getState()).toMatchObject({ architecture: { ...atto, name: "mine" }, baseline: atto });
    undo();
    expect(store.getState().architecture).toBe(atto);
    redo();
    redo();
    redo();
    expect(depths()).toEqual([1, 1, 1, 1]);
    expect(store.getState().baseline).toEqual(tiny);
  });

  it("take back a whole gesture at once", () => {
    const { edit, startGesture, endGesture, undo } = store.getState();
    startGesture();
    for (const ratio of [0.2, 0.1, 0.05]) edit("stages[0].tokenMixer.branchRatio", ratio);
    endGesture();
    edit("imageSize", 64);
    expect(steps()).toBe(2);
    undo();
    expect(store.getState().architecture.stages[0].tokenMixer).toMatchObject({ branchRatio: 0.05 });
    undo();
    expect(store.getState().architecture).toBe(atto);
  });

  it("have no step for a gesture that ends where it began", () => {
    const { edit, startGesture, endGesture } = store.getState();
    startGesture();
    edit("imageSize", 64);
    edit("imageSize", atto.imageSize);
    endGesture();
    expect(steps()).toBe(0);
    expect(store.getState().architecture).toBe(atto);
  });

  it("keep a baseline that is not named", () => {
    store.getState().applyArchitecture(tiny);
    expect(store.getState()).toMatchObject({ architecture: tiny, baseline: atto });
  });
});

it("begins with another network as long as nothing was done, and overwrites nothing after that", () => {
  store.getState().beginWith(tiny);
  expect(store.getState()).toMatchObject({ architecture: tiny, baseline: tiny });
  expect(steps()).toBe(0);
  store.getState().edit("imageSize", 64);
  store.getState().undo();
  store.getState().beginWith(atto);
  expect(store.getState().architecture).toEqual(atto);
  store.getState().undo();
  expect(store.getState().architecture).toEqual(tiny);
  store.getState().startGesture();
  store.getState().beginWith(atto);
  store.getState().undo();
  expect(store.getState().architecture).toEqual(tiny);
});

it("recognises a baseline in every step, and makes none of its own", () => {
  const unnamed = structuredClone(atto);
  const known = { ...atto, name: "known" };
  store = createEditorStore(unnamed);
  const { edit, undo, redo, startGesture, endGesture, recogniseBaseline } = store.getState();
  edit("imageSize", 64);
  startGesture();
  edit("imageSize", 96);
  recogniseBaseline(unnamed, known);
  expect(store.getState()).toMatchObject({ architecture: { imageSize: 96 }, baseline: known });
  endGesture();
  expect(steps()).toBe(2);
  undo();
  undo();
  expect(store.getState().architecture).toBe(unnamed);
  expect(store.getState().baseline).toBe(known);
  redo();
  expect(store.getState()).toMatchObject({ architecture: { imageSize: 64 }, baseline: known });
  recogniseBaseline(unnamed, atto);
  expect(store.getState().baseline).toBe(known);
});

it("is changed by its actions alone", () => {
  expect(Object.keys(store)).not.toContain("setState");
});

it("folds one stage without touching the others", () => {
  store.getState().setView(2, { open: true, block: 5 });
  const before = store.getState().views;
  store.getState().setView(2, { mixer: true });
  expect(store.getState().views[2]).toEqual({ open: true, block: 5, mixer: true });
  expect(store.getState().views[0]).toBe(before[0]);
});

it("folds all stages", () => {
  const { setView, foldAll } = store.getState();
  setView(1, { open: true, block: 0, mixer: true });
  setView(3, { open: true });
  foldAll();
  expect(store.getState().views).toEqual(Array(4).fill({ open: false, block: undefined, mixer: false }));
});

it("works out graph and cost once for an architecture", () => {
  expect(graphOf(atto)).toBe(graphOf(atto));
  expect(networkCostOf(atto)).toBe(networkCostOf(atto));
  expect(indexOf(atto).groups.get("stages.2")?.stage).toBe(2);
  expect(networkCostOf(atto).total.params).not.toBe(networkCostOf(tiny).total.params);
});
