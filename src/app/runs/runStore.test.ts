import { beforeEach, describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { createNoticeStore, type NoticeStore } from "../notices/noticeStore.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { runsKey } from "./keptRuns.ts";
import { recordedVariant, recordWith } from "./records.testing.ts";
import { createRunStore, importedRecords, ownRecords, type RunStore, shownRecord } from "./runStore.ts";

const run = (id: string, rounds = 3) =>
  recordWith(
    [recordedVariant("A", attoArchitecture, { samplesMs: Array.from({ length: rounds }, () => 1.25) })],
    { id },
  );
const many = (count: number) => Array.from({ length: count }, (_, index) => run(`r${index}`));
const ids = (records: readonly { readonly id: string }[] = []) => records.map(({ id }) => id).join(" ");
let notices: NoticeStore;
const opened = async (site = memorySite()) => createRunStore(await site.open(), notices);
const fill = (store: RunStore, count: number) => {
  for (const one of many(count)) store.add(one, "own");
};
const told = () => notices.getState().notices;

beforeEach(() => {
  notices = createNoticeStore();
});

describe("the runs", () => {
  it("stand newest first, those of other devices apart, none twice", async () => {
    const store = await opened();
    const { add } = store;
    expect([add(run("a"), "own"), add(run("b"), "imported"), add(run("c"), "own")]).toEqual([
      true,
      true,
      true,
    ]);
    expect(add(run("a"), "imported")).toBe(false);
    expect(ownRecords(store.getState()).map(({ id }) => id)).toEqual(["c", "a"]);
    expect(importedRecords(store.getState()).map(({ id }) => id)).toEqual(["b"]);
  });

  it("show the newest until another is chosen, and the newest again when that goes", async () => {
    const store = await opened();
    const { add, show, remove } = store;
    add(run("a"), "own");
    add(run("b"), "own");
    show("a");
    expect(shownRecord(store.getState())?.id).toBe("a");
    remove("a");
    expect(shownRecord(store.getState())?.id).toBe("b");
    add(run("c"), "own");
    expect(shownRecord(store.getState())?.id).toBe("c");
  });

  it("all stay on the page, however many are stored", async () => {
    const store = await opened();
    for (let index = 0; index < 45; index++) store.add(run(`r${index}`), "own");
    expect(store.getState().records).toHaveLength(45);
  });
});

describe("what is kept of the runs", () => {
  const part = (records: readonly ReturnType<typeof run>[], attempt = 0) =>
    runsKey.part?.({ records, importedIds: [] }, attempt)?.records;

  it("is the newest forty", () => {
    expect(part(many(41))).toHaveLength(40);
    expect(part(many(41))?.[0]?.id).toBe("r0");
  });

  it("ends before the first that does not fit, though a smaller one behind it would; the newest always fits", () => {
    const large = run("large", 450_000);
    const half = run("half", 250_000);
    expect(ids(part([large, run("small")]))).toBe("large");
    expect(ids(part([run("new"), half, half, run("small")]))).toBe("new half");
  });

  it("becomes less with every time that the browser refuses", () => {
    expect(ids(part(many(5), 1))).toBe("r0 r1");
    expect(ids(part(many(5), 2))).toBe("r0");
    expect(part(many(5), 3)).toBeUndefined();
    expect(part([])).toEqual([]);
  });

  it("is read again without what is no run", () => {
    const records = [run("a"), { ...run("b"), version: 2 }, "nonsense"];
    expect(runsKey.parse({ records, importedIds: ["a"] })).toEqual({
      value: { records: [run("a")], importedIds: ["a"] },
      isWhole: false,
    });
    expect(runsKey.parse({ records: [run("a")], importedIds: 7 }).value.importedIds).toEqual([]);
    expect(runsKey.parse("nonsense").value).toEqual({ records: [], importedIds: [] });
  });

  it("is what was kept before runs had a version", async () => {
    const site = memorySite({ "lab.records": JSON.stringify({ records: [run("a")], importedIds: [] }) });
    expect(ids((await opened(site)).getState().records)).toBe("a");
  });

  it("is what two tabs measured at the same time", async () => {
    const site = memorySite();
    const [here, there] = [await opened(site), await opened(site)];
    here.add(run("a"), "own");
    there.add(run("b"), "imported");
    await site.settled();
    const all = [here, there, await opened(site)].map((store) => store.getState());
    expect(all.map(({ records }) => ids(records.toSorted((a, b) => (a.id < b.id ? -1 : 1))))).toEqual([
      "a b",
      "a b",
      "a b",
    ]);
    expect(all.map(({ importedIds }) => importedIds)).toEqual([["b"], ["b"], ["b"]]);
  });
});

describe("what the browser does not keep of them", () => {
  it("is told once, with a way to save it, until all is kept again", async () => {
    const site = memorySite();
    const store = await opened(site);
    fill(store, 41);
    await site.settled();
    expect(told()).toMatchObject([
      {
        title: "Only the newest 40 of 41 runs are kept on this device",
        actions: [{ label: "Save the others as JSON" }],
      },
    ]);
    notices.dismiss("runs-kept");
    store.add(run("one more"), "own");
    await site.settled();
    expect(told()).toEqual([]);
    store.remove("r0");
    store.remove("r1");
    await site.settled();
    store.add(run("again"), "own");
    await site.settled();
    expect(told()).toHaveLength(1);
  });

  it("is all where there is no room, and nothing when there is again", async () => {
    const site = memorySite();
    const store = await opened(site);
    site.room = 0;
    fill(store, 3);
    await site.settled();
    expect(told()).toMatchObject([{ title: "The browser does not keep your runs" }]);
    site.room = Number.POSITIVE_INFINITY;
    store.remove("r0");
    await site.settled();
    expect(told()).toEqual([]);
  });
});
