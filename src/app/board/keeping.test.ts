import { beforeEach, describe, expect, it } from "vitest";
import { attoArchitecture } from "../engine/fakeEngine.testing.ts";
import { noticeStore } from "../notices/noticeStore.ts";
import { recordedVariant, recordWith } from "../runs/records.testing.ts";
import { tellBoardKept, tellRunsKept } from "./keeping.ts";

const runs = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    recordWith([recordedVariant("A", attoArchitecture)], { id: `r${index}` }),
  );
const notices = () => noticeStore.getState().notices;

beforeEach(() => {
  tellRunsKept([], 0);
  tellBoardKept(true, []);
  noticeStore.setState({ notices: [] });
});

describe("what the browser does not keep", () => {
  it("is told once, with a way to save it, until all is kept again", () => {
    tellRunsKept(runs(41), 40);
    expect(notices()).toMatchObject([
      {
        title: "Only the newest 40 of 41 runs are kept on this device",
        actions: [{ label: "Save the others as JSON" }],
      },
    ]);
    noticeStore.setState({ notices: [] });
    tellRunsKept(runs(42), 40);
    expect(notices()).toEqual([]);
    tellRunsKept(runs(40), 40);
    tellRunsKept(runs(41), 40);
    expect(notices()).toHaveLength(1);
  });

  it("goes away when all is kept", () => {
    tellRunsKept(runs(3), 0);
    expect(notices()).toMatchObject([{ title: "The browser does not keep your runs" }]);
    tellRunsKept(runs(3), 3);
    expect(notices()).toEqual([]);
  });

  it("can be the board itself", () => {
    tellBoardKept(false, []);
    tellBoardKept(false, []);
    expect(notices()).toMatchObject([
      { title: "The browser does not keep the board", actions: [{ label: "Save the networks as JSON" }] },
    ]);
  });
});
