import { describe, expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { recordedVariant, recordWith } from "../runs/records.testing.ts";
import { createBoardStore, importedRecords, ownRecords, shownRecord } from "./boardStore.ts";

const names = (store: ReturnType<typeof createBoardStore>) =>
  store.getState().variants.map(({ name }) => name);

describe("the store of Compare", () => {
  it("takes back every step of the board, and does it again", () => {
    const store = createBoardStore();
    const { add, rename, move, setBaseline, undo, redo } = store.getState();
    const [first, second] = add([{ network: attoArchitecture }, { network: resnet50, name: "yardstick" }]);
    rename(first?.id ?? "", "mine");
    move(second?.id ?? "", 0);
    setBaseline(second?.id ?? "");
    expect(names(store)).toEqual(["yardstick", "mine"]);
    expect(store.getState().baselineId).toBe(second?.id);
    undo();
    expect(store.getState().baselineId).toBe(first?.id);
    undo();
    undo();
    expect(names(store)).toEqual(["InceptionNeXt-A", "yardstick"]);
    undo();
    expect(names(store)).toEqual([]);
    for (const _ of [1, 2, 3, 4]) redo();
    expect(names(store)).toEqual(["yardstick", "mine"]);
  });

  it("gives networks of one name names of their own, also when they come together", () => {
    const store = createBoardStore();
    store.getState().add([{ network: attoArchitecture }, { network: attoOfDepth(3) }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "InceptionNeXt-A 2"]);
  });

  it("finds the stored board again, without what cannot be read", () => {
    const variants = [
      { id: "a", name: "A", network: attoArchitecture },
      { id: "b", name: "B", network: { version: 7 } },
      { id: "a", name: "C", network: resnet50 },
      { id: "d", name: "D", network: resnet50 },
    ];
    const state = createBoardStore({ board: { variants, baselineId: "d" } }).getState();
    expect(state.variants.map(({ id }) => id)).toEqual(["a", "d"]);
    expect(state).toMatchObject({ baselineId: "d", isNew: false });
    const lost = createBoardStore({ board: { variants, baselineId: "b" } }).getState();
    expect(lost.baselineId).toBe("a");
  });

  it.each([undefined, null, 7, "text", [], { variants: 1 }])("is new where %j was stored", (board) => {
    expect(createBoardStore({ board }).getState()).toMatchObject({ isNew: true, variants: [] });
  });

  it("is not new once everything was taken off it", () => {
    const stored = { variants: [] };
    expect(createBoardStore({ board: stored }).getState().isNew).toBe(false);
  });
});

describe("what stands on a new board", () => {
  it("is filled in without a step of undo, again and again while it is new", () => {
    const store = createBoardStore();
    const { fill } = store.getState();
    fill([{ network: attoArchitecture }]);
    fill([{ network: attoArchitecture }, { network: resnet50 }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "ResNet-50"]);
    expect(store.getState()).toMatchObject({ isNew: true, history: { past: [] } });
    store.getState().undo();
    expect(names(store)).toHaveLength(2);
  });

  it("stays as the person left it", () => {
    const store = createBoardStore();
    store.getState().fill([{ network: attoArchitecture }]);
    store.getState().add([{ network: resnet50 }]);
    store.getState().fill([{ network: attoOfDepth(3) }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "ResNet-50"]);
  });
});

it("ticks and unticks, once each", () => {
  const store = createBoardStore();
  const { add, tick } = store.getState();
  const [a, b] = add([{ network: attoArchitecture }, { network: resnet50 }]).map(({ id }) => id);
  tick(a ?? "", true);
  tick(b ?? "", true);
  tick(a ?? "", true);
  expect(store.getState().tickedIds.toSorted()).toEqual([a, b].toSorted());
  tick(a ?? "", false);
  expect(store.getState().tickedIds).toEqual([b]);
});

describe("the runs", () => {
  const run = (id: string) => recordWith([recordedVariant("A", attoArchitecture)], { id });

  it("stand newest first, those of other devices apart, none twice", () => {
    const store = createBoardStore();
    const { addRecord } = store.getState();
    expect([addRecord(run("a"), "own"), addRecord(run("b"), "imported"), addRecord(run("c"), "own")]).toEqual(
      [true, true, true],
    );
    expect(addRecord(run("a"), "imported")).toBe(false);
    expect(ownRecords(store.getState()).map(({ id }) => id)).toEqual(["c", "a"]);
    expect(importedRecords(store.getState()).map(({ id }) => id)).toEqual(["b"]);
  });

  it("show the newest until another is chosen, and the newest again when that goes", () => {
    const store = createBoardStore();
    const { addRecord, show, removeRecord } = store.getState();
    addRecord(run("a"), "own");
    addRecord(run("b"), "own");
    show("a");
    expect(shownRecord(store.getState())?.id).toBe("a");
    removeRecord("a");
    expect(shownRecord(store.getState())?.id).toBe("b");
    addRecord(run("c"), "own");
    expect(shownRecord(store.getState())?.id).toBe("c");
  });

  it("all stay on the page, however many are stored", () => {
    const store = createBoardStore();
    for (let index = 0; index < 45; index++) store.getState().addRecord(run(`r${index}`), "own");
    expect(store.getState().records).toHaveLength(45);
  });
});
