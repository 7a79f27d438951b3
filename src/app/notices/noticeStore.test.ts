import { beforeEach, describe, expect, it } from "vitest";
import { createNoticeStore, lifetimeOf, type Notice, type NoticeStore } from "./noticeStore.ts";

const notice = (kind: string, title = kind): Notice => ({ kind, tone: "news", title });
let store: NoticeStore;
const titles = () => store.getState().notices.map((shown) => shown.title);

beforeEach(() => {
  store = createNoticeStore();
});

describe("notices", () => {
  it("of one kind replace each other and become the newest", () => {
    store.show(notice("a", "first"));
    store.show(notice("b"));
    store.show(notice("a", "second"));
    expect(titles()).toEqual(["b", "second"]);
  });

  it("are new when the same is shown again", () => {
    const again = notice("a");
    store.show(again);
    const [before] = store.getState().notices;
    store.show(again);
    const [shown] = store.getState().notices;
    expect(shown).toEqual(before);
    expect(shown).not.toBe(before);
  });

  it("go when dismissed", () => {
    store.show(notice("a"));
    store.show(notice("b"));
    store.dismiss("a");
    expect(titles()).toEqual(["b"]);
  });

  it("that ask for something wait for the person", () => {
    const actions = [{ label: "Retry", run: () => undefined }];
    expect(lifetimeOf({ ...notice("a"), tone: "problem" })).toBeUndefined();
    expect(lifetimeOf({ ...notice("a"), actions })).toBeUndefined();
    expect(lifetimeOf({ ...notice("a"), tone: "done" })).toBe(4000);
  });
});
