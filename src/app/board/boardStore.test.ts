import { describe, expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { createNoticeStore } from "../notices/noticeStore.ts";
import { type MemorySite, memorySite } from "../persistence/memory.testing.ts";
import { type BoardStore, createBoardStore } from "./boardStore.ts";

const names = (store: BoardStore) => store.getState().variants.map(({ name }) => name);
const opened = async (site: MemorySite, notices = createNoticeStore()) =>
  createBoardStore(await site.open(), notices);
const stored = async (board?: unknown) => {
  const site = memorySite(board === undefined ? {} : { "board.1": JSON.stringify(board) });
  return opened(site);
};

describe("the store of the board", () => {
  it("takes back every step of the board, and does it again", async () => {
    const store = await stored();
    const { add, rename, move, setBaseline, undo, redo } = store;
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

  it("gives networks of one name names of their own, also when they come together", async () => {
    const store = await stored();
    store.add([{ network: attoArchitecture }, { network: attoOfDepth(3) }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "InceptionNeXt-A 2"]);
  });

  it("finds the stored board again, without what cannot be read", async () => {
    const variants = [
      { id: "a", name: "A", network: attoArchitecture },
      { id: "b", name: "B", network: { version: 7 } },
      { id: "a", name: "C", network: resnet50 },
      { id: "d", name: "D", network: resnet50 },
    ];
    const state = (await stored({ variants, baselineId: "d" })).getState();
    expect(state.variants.map(({ id }) => id)).toEqual(["a", "d"]);
    expect(state).toMatchObject({ baselineId: "d", isNew: false });
    const lost = (await stored({ variants, baselineId: "b" })).getState();
    expect(lost.baselineId).toBe("a");
  });

  it.each([undefined, null, 7, "text", [], { variants: 1 }])("is new where %j was stored", async (board) => {
    expect((await stored(board)).getState()).toMatchObject({ isNew: true, variants: [] });
  });

  it("is not new once everything was taken off it", async () => {
    expect((await stored({ variants: [] })).getState().isNew).toBe(false);
  });
});

describe("what stands on a new board", () => {
  it("is filled in without a step of undo, again and again while it is new", async () => {
    const store = await stored();
    const { fill } = store;
    fill([{ network: attoArchitecture }]);
    fill([{ network: attoArchitecture }, { network: resnet50 }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "ResNet-50"]);
    expect(store.getState()).toMatchObject({ isNew: true, history: { past: [] } });
    store.undo();
    expect(names(store)).toHaveLength(2);
  });

  it("stays as the person left it", async () => {
    const store = await stored();
    store.fill([{ network: attoArchitecture }]);
    store.add([{ network: resnet50 }]);
    store.fill([{ network: attoOfDepth(3) }]);
    expect(names(store)).toEqual(["InceptionNeXt-A", "ResNet-50"]);
  });
});

it("ticks and unticks, once each", async () => {
  const store = await stored();
  const { add, tick } = store;
  const [a, b] = add([{ network: attoArchitecture }, { network: resnet50 }]).map(({ id }) => id);
  tick(a ?? "", true);
  tick(b ?? "", true);
  tick(a ?? "", true);
  expect(store.getState().tickedIds.toSorted()).toEqual([a, b].toSorted());
  tick(a ?? "", false);
  expect(store.getState().tickedIds).toEqual([b]);
});

describe("the board in two tabs", () => {
  it("is one board: what either adds stands on both, and can be taken back", async () => {
    const site = memorySite();
    const [here, there] = [await opened(site), await opened(site)];
    here.add([{ network: attoArchitecture }]);
    there.add([{ network: attoOfDepth(3) }, { network: resnet50 }]);
    await site.settled();
    const all = ["InceptionNeXt-A", "InceptionNeXt-A 2", "ResNet-50"];
    expect([names(here).toSorted(), names(there).toSorted()]).toEqual([all, all]);
    expect(names(await opened(site)).toSorted()).toEqual(all);
    there.undo();
    expect(names(there)).toHaveLength(2);
  });

  it("loses nothing that could not be read", async () => {
    const damaged = { variants: [{ id: "b", name: "B", network: { version: 7 } }] };
    const site = memorySite({ "lab.board": JSON.stringify(damaged) });
    (await opened(site)).add([{ network: attoArchitecture }]);
    await site.settled();
    expect(site.texts.get("board.1.unread.1")).toBe(JSON.stringify(damaged));
    expect(site.aside).toMatchObject([{ what: "the board" }]);
  });
});

it("says once where the browser does not keep the board, until it does", async () => {
  const site = memorySite();
  const notices = createNoticeStore();
  const store = await opened(site, notices);
  const told = () => notices.getState().notices.map(({ title }) => title);
  site.room = 0;
  store.add([{ network: attoArchitecture }]);
  await site.settled();
  expect(told()).toEqual(["The browser does not keep the board"]);
  notices.dismiss("board-kept");
  store.add([{ network: resnet50 }]);
  await site.settled();
  expect(told()).toEqual([]);
  site.room = 1e6;
  store.undo();
  await site.settled();
  site.room = 0;
  store.redo();
  await site.settled();
  expect(told()).toHaveLength(1);
});
