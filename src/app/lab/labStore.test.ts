import { describe, expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.ts";
import { createLabStore } from "./labStore.ts";

const names = (store: ReturnType<typeof createLabStore>) => store.getState().variants.map(({ name }) => name);

describe("the lab's store", () => {
  it("takes back every step of the board, and does it again", () => {
    const store = createLabStore();
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
    const store = createLabStore();
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
    const state = createLabStore({ board: { variants, baselineId: "d" } }).getState();
    expect(state.variants.map(({ id }) => id)).toEqual(["a", "d"]);
    expect(state).toMatchObject({ baselineId: "d", isNew: false });
    const lost = createLabStore({ board: { variants, baselineId: "b" } }).getState();
    expect(lost.baselineId).toBe("a");
  });

  it.each([undefined, null, 7, "text", [], { variants: 1 }])("is new where %j was stored", (board) => {
    expect(createLabStore({ board }).getState()).toMatchObject({ isNew: true, variants: [] });
  });

  it("is not new once everything was taken off it", () => {
    const stored = { variants: [] };
    expect(createLabStore({ board: stored }).getState().isNew).toBe(false);
  });
});
