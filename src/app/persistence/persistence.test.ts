import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Key } from "./key.ts";
import { memorySite } from "./memory.testing.ts";
import { mergeLists } from "./merge.ts";

/** Words; everything else that is stored is left out. */
const words: Key<readonly string[]> = {
  name: "words",
  version: 2,
  formerly: ["old.words"],
  what: "the words",
  parse: (stored) => {
    if (stored === undefined) return { value: [], isWhole: true };
    if (!Array.isArray(stored)) return { value: [], isWhole: false };
    const value = stored.filter((word) => typeof word === "string");
    return { value, isWhole: value.length === stored.length };
  },
  merge: (base, mine, theirs) => mergeLists({ base, mine, theirs }, (word) => word, "end"),
  part: (value, attempt) => (attempt > value.length ? undefined : value.slice(attempt)),
};

const kept = (site: ReturnType<typeof memorySite>) => JSON.parse(site.texts.get("words.2") ?? "null");

describe("what is kept", () => {
  it("is there in the next visit", async () => {
    const site = memorySite();
    const slot = (await site.open()).slot(words);
    expect(slot.value).toEqual([]);
    expect(await slot.write(["a"])).toEqual(["a"]);
    expect((await site.open()).slot(words).value).toEqual(["a"]);
  });

  it("under a former name is taken over, and no longer lies there", async () => {
    const site = memorySite({ "old.words": '["a"]' });
    expect((await site.open()).slot(words).value).toEqual(["a"]);
    await site.settled();
    expect([...site.texts]).toEqual([["words.2", '["a"]']]);
  });

  it("stays under its former name where there is no room for both, and is read there", async () => {
    const site = memorySite({ "old.words": '["a"]' });
    site.room = 6;
    expect((await site.open()).slot(words).value).toEqual(["a"]);
    await site.settled();
    expect([...site.texts]).toEqual([["old.words", '["a"]']]);
  });

  it("becomes less until the browser takes it", async () => {
    const site = memorySite();
    const slot = (await site.open()).slot(words);
    site.room = 9;
    expect(await slot.write(["a", "b", "c"])).toEqual(["b", "c"]);
    expect(slot.value).toEqual(["a", "b", "c"]);
    site.room = 1;
    expect(await slot.write(["d"])).toBeUndefined();
    expect(kept(site)).toEqual(["b", "c"]);
  });
});

describe("what cannot be read", () => {
  it.each(["{", "7", '["a", 7]', ""])("is set aside and told once: %j", async (text) => {
    const site = memorySite({ "words.2": text });
    const slot = (await site.open()).slot(words);
    await slot.write([...slot.value, "b"]);
    expect(site.texts.get("words.2.unread.1")).toBe(text);
    expect(site.aside).toEqual([{ what: "the words", name: "words.2", text }]);
    (await site.open()).slot(words);
    await site.settled();
    expect(site.aside).toHaveLength(1);
  });

  it("does not take the place of what was set aside before", async () => {
    const site = memorySite({ "words.2": "second", "words.2.unread.1": "first" });
    (await site.open()).slot(words);
    await site.settled();
    expect([...site.texts.values()].toSorted()).toEqual(["first", "second", "second"]);
  });

  it("is not told again while it is still there", async () => {
    const site = memorySite({ "words.2": "damaged" });
    (await site.open()).slot(words);
    await site.settled();
    (await site.open()).slot(words);
    expect(site.aside).toHaveLength(1);
  });
});

describe("two tabs", () => {
  it("see what the other keeps", async () => {
    const site = memorySite();
    const [here, there] = [(await site.open()).slot(words), (await site.open()).slot(words)];
    const seen: (readonly string[])[] = [];
    there.follow((value) => seen.push(value));
    await here.write(["a"]);
    await site.settled();
    expect(seen).toEqual([["a"]]);
    expect(there.value).toEqual(["a"]);
  });

  it("of which one opens a place late finds what the other kept meanwhile", async () => {
    const site = memorySite();
    const late = await site.open();
    await (await site.open()).slot(words).write(["a"]);
    await site.settled();
    expect(late.slot(words).value).toEqual(["a"]);
  });

  it("do not lose to a text that cannot be read", async () => {
    const site = memorySite();
    const slot = (await site.open()).slot(words);
    await slot.write(["a"]);
    site.texts.set("words.2", "damaged");
    await slot.refresh();
    expect(slot.value).toEqual(["a"]);
  });

  it("never overwrite each other's words, whatever the order", async () => {
    const step = fc.record({
      tab: fc.nat(1),
      word: fc.constantFrom(..."abcdef"),
      isAdded: fc.boolean(),
      isWaitedFor: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const site = memorySite();
        const tabs = [(await site.open()).slot(words), (await site.open()).slot(words)];
        for (const [place, { tab, word, isAdded, isWaitedFor }] of steps.entries()) {
          const slot = tabs[tab];
          if (!slot) throw new Error("There are two tabs.");
          // Words of their own, so that what one adds the other never removes.
          const own = `${tab}${word}`;
          const others = slot.value.filter((one) => one !== own);
          void slot.write(isAdded ? [...others, own] : others);
          if (isWaitedFor || place === steps.length - 1) await site.settled();
        }
        const last = new Map(steps.map(({ tab, word, isAdded }) => [`${tab}${word}`, isAdded]));
        const wanted = [...last].filter(([, isThere]) => isThere).map(([word]) => word);
        expect((kept(site) ?? []).toSorted()).toEqual(wanted.toSorted());
        expect(tabs[0]?.value.toSorted()).toEqual(wanted.toSorted());
        expect(tabs[1]?.value.toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });
});
