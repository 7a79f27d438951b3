import { beforeEach, describe, expect, it } from "vitest";
import { recordToJson } from "../../model/benchmark/record.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { createNoticeStore, type NoticeStore } from "../notices/noticeStore.ts";
import { memorySite } from "../persistence/memory.testing.ts";
import { recordsToJson } from "../runs/recordFiles.ts";
import { recordedVariant, recordWith } from "../runs/records.testing.ts";
import { createRunStore, importedRecords } from "../runs/runStore.ts";
import { type Own, ownerOf } from "../session/own.ts";
import { createBoardStore } from "./boardStore.ts";
import { pin, takeText } from "./take.ts";

let visit: { readonly own: Own; readonly notices: NoticeStore };
const names = () =>
  visit
    .own(createBoardStore)
    .getState()
    .variants.map(({ name }) => name);
const told = () => {
  const notice = visit.notices.getState().notices.find(({ kind }) => kind === "board");
  return { tone: notice?.tone, title: notice?.title, text: notice?.text };
};
const run = (id: string) => recordWith([recordedVariant("A", attoArchitecture)], { id });

beforeEach(async () => {
  const notices = createNoticeStore();
  visit = { own: ownerOf(await memorySite().open(), notices), notices };
});

describe("what comes to the board", () => {
  it("is networks, one or several", () => {
    takeText(visit, JSON.stringify(attoArchitecture), "The text");
    expect(told()).toMatchObject({ tone: "done", title: "InceptionNeXt-A on the board" });
    takeText(visit, JSON.stringify([attoOfDepth(3), attoOfDepth(4), attoOfDepth(5)]), "The text");
    expect(told().title).toBe("3 networks on the board");
    expect(names()).toHaveLength(4);
  });

  it("is a run, which is taken once", () => {
    takeText(visit, recordToJson(run("a")), "a.json");
    expect(told()).toMatchObject({
      tone: "done",
      title: "The run of WebGPU · a graphics processor stands on the board",
    });
    takeText(visit, recordToJson(run("a")), "a.json");
    expect(told().title).toBe("That run is on the board already");
    expect(importedRecords(visit.own(createRunStore).getState())).toHaveLength(1);
  });

  it("is a list of runs as it was saved, in its order", () => {
    takeText(visit, recordToJson(run("b")), "b.json");
    takeText(visit, recordsToJson([run("c"), run("b"), run("a")]), "runs.json");
    expect(told().title).toBe("2 of 3 runs now stand on the board, the other 1 did already");
    expect(importedRecords(visit.own(createRunStore).getState()).map(({ id }) => id)).toEqual([
      "c",
      "a",
      "b",
    ]);
  });

  it.each([
    ["nonsense", "{]", "x.json is no network"],
    [
      "a list with one bad network",
      JSON.stringify([attoArchitecture, { version: 9 }]),
      "x.json is no network",
    ],
    [
      "a damaged run",
      '{ "version": 1, "variants": [{ "samplesMs": 3 }] }',
      "x.json is no run that can be read",
    ],
    [
      "a list with one bad run",
      JSON.stringify([run("a"), { ...run("b"), version: 2 }]),
      "x.json is no run that can be read",
    ],
    ["half a list", recordsToJson([run("a")]).slice(0, -5), "x.json is no run that can be read"],
  ])("is not %s: it is refused with a reason and nothing changes", (_what, text, title) => {
    takeText(visit, text, "x.json");
    expect(told()).toMatchObject({ tone: "problem", title });
    expect(told().text).toMatch(/\. The board stays as it is\.$/);
    expect(names()).toEqual([]);
    expect(visit.own(createRunStore).getState().records).toEqual([]);
  });
});

it("pins the editor's network and says how many there are", () => {
  pin(visit, attoArchitecture);
  expect(told().text).toContain("pin again to compare");
  pin(visit, attoOfDepth(3));
  expect(told()).toMatchObject({
    title: "InceptionNeXt-A 2 is on the board",
    text: "Compare, above, shows 2 networks.",
  });
});
