import { beforeEach, describe, expect, it, vi } from "vitest";
import { localShelf } from "./shelf.ts";

/** As a browser's: its own keys are the stored ones. */
class FakeStorage {
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }
  setItem(key: string, text: string): void {
    Reflect.set(this, key, text);
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

let storage: FakeStorage;
let page: EventTarget;
beforeEach(() => {
  storage = new FakeStorage();
  page = new EventTarget();
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("window", page);
});

/** Of a change by another tab; `newValue` null where it was taken away. */
function storageEvent(key: string | null, newValue: string | null, storageArea: unknown = storage): Event {
  return Object.assign(new Event("storage"), { key, newValue, storageArea });
}

describe("the browser's local storage", () => {
  it("gives what this site's page stored, and nothing of other pages of the host", async () => {
    storage.setItem("inceptionnext-explorer.a", "1");
    storage.setItem("another.a", "2");
    expect([...(await localShelf().read())]).toEqual([["a", "1"]]);
  });

  it("has changed before the call returns: a page may be closed right after", () => {
    const done = localShelf().update("a", (text) => `${text} and more`);
    expect(storage.getItem("inceptionnext-explorer.a")).toBe("undefined and more");
    return expect(done).resolves.toBe(true);
  });

  it("takes texts away", async () => {
    storage.setItem("inceptionnext-explorer.a", "1");
    expect(await localShelf().update("a", () => undefined)).toBe(true);
    expect(storage.getItem("inceptionnext-explorer.a")).toBeNull();
  });

  it("says where it is full, and keeps what was there", async () => {
    storage.setItem("inceptionnext-explorer.a", "1");
    vi.spyOn(storage, "setItem").mockImplementation(() => {
      throw new DOMException("It is full.", "QuotaExceededError");
    });
    expect(await localShelf().update("a", () => "2")).toBe(false);
    expect(storage.getItem("inceptionnext-explorer.a")).toBe("1");
  });

  it("is empty and takes nothing where the browser denies it", async () => {
    vi.stubGlobal("localStorage", undefined);
    const shelf = localShelf();
    expect([...(await shelf.read())]).toEqual([]);
    expect(await shelf.update("a", () => "1")).toBe(false);
  });

  it("tells what other tabs put there, and of nothing else", () => {
    const told: string[] = [];
    localShelf().watch((name, text) => told.push(`${name} ${text}`));
    page.dispatchEvent(storageEvent("inceptionnext-explorer.a", "1"));
    page.dispatchEvent(storageEvent("inceptionnext-explorer.a", null));
    page.dispatchEvent(storageEvent("another.a", "1"));
    page.dispatchEvent(storageEvent(null, null));
    page.dispatchEvent(storageEvent("inceptionnext-explorer.a", "1", {}));
    expect(told).toEqual(["a 1"]);
  });
});
