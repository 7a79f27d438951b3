import { beforeEach, describe, expect, it } from "vitest";
import { dismissNotice, lifetimeOf, type Notice, noticeStore, showNotice } from "./noticeStore.ts";

const notice = (kind: string, title = kind): Notice => ({ kind, tone: "news", title });
const titles = () => noticeStore.getState().notices.map((shown) => shown.title);

beforeEach(() => noticeStore.setState({ notices: [] }));

describe("notices", () => {
  it("of one kind replace each other and become the newest", () => {
    showNotice(notice("a", "first"));
    showNotice(notice("b"));
    showNotice(notice("a", "second"));
    expect(titles()).toEqual(["b", "second"]);
  });

  it("are new when the same is shown again", () => {
    const again = notice("a");
    showNotice(again);
    const [before] = noticeStore.getState().notices;
    showNotice(again);
    const [shown] = noticeStore.getState().notices;
    expect(shown).toEqual(before);
    expect(shown).not.toBe(before);
  });

  it("go when dismissed", () => {
    showNotice(notice("a"));
    showNotice(notice("b"));
    dismissNotice("a");
    expect(titles()).toEqual(["b"]);
  });

  it("that ask for something wait for the person", () => {
    const actions = [{ label: "Retry", run: () => undefined }];
    expect(lifetimeOf({ ...notice("a"), tone: "problem" })).toBeUndefined();
    expect(lifetimeOf({ ...notice("a"), actions })).toBeUndefined();
    expect(lifetimeOf({ ...notice("a"), tone: "done" })).toBe(4000);
  });
});
