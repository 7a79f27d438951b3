import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFields, mergeLists } from "./merge.ts";

const items = (text: string) => [...text].map((id) => ({ id }));
const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).join("");
const merged = (base: string, mine: string, theirs: string, at: "start" | "end" = "end") =>
  idsOf(mergeLists({ base: items(base), mine: items(mine), theirs: items(theirs) }, ({ id }) => id, at));

describe("fields", () => {
  it("are this tab's where it changed them, else the other's", () => {
    const base = { a: 1, b: [1], c: "x" };
    expect(mergeFields(base, { ...base, a: 2 }, { ...base, a: 3, b: [2] })).toEqual({ a: 2, b: [2], c: "x" });
  });
});

describe("lists", () => {
  it.each([
    ["abc", "abcd", "abce", "abced", "both added"],
    ["abc", "ab", "abcd", "abd", "one removed, the other added"],
    ["abc", "ac", "ab", "a", "each removed another"],
    ["abc", "cab", "abcd", "cabd", "this one moved"],
    ["abc", "abcd", "bca", "bcad", "the other moved"],
    ["", "a", "b", "ba", "there was nothing"],
  ])("%s, here %s, there %s, are %s: %s", (base, mine, theirs, all) => {
    expect(merged(base, mine, theirs)).toBe(all);
  });

  it("take what is new to the start where they are told to", () => {
    expect(merged("b", "ab", "cb", "start")).toBe("acb");
  });

  it("have each thing as it was changed, here before there", () => {
    const base = [
      { id: "a", name: "A" },
      { id: "b", name: "B" },
    ];
    const mine = [{ id: "a", name: "mine" }, base[1] ?? never()];
    const theirs = [
      { id: "a", name: "theirs" },
      { id: "b", name: "theirs" },
    ];
    const all = mergeLists({ base, mine, theirs }, ({ id }) => id, "end");
    expect(all.map(({ name }) => name)).toEqual(["mine", "theirs"]);
  });

  const list = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });

  it("hold what anybody added and nothing that anybody removed, once", () => {
    fc.assert(
      fc.property(list, list, list, (base, mine, theirs) => {
        const all = [...merged(base.join(""), mine.join(""), theirs.join(""))];
        const wanted = [...new Set([...base, ...mine, ...theirs])].filter(
          (id) => !base.includes(id) || (mine.includes(id) && theirs.includes(id)),
        );
        expect(all.toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });

  it("are the other's where this tab changed nothing, and this one's where the other changed nothing", () => {
    fc.assert(
      fc.property(list, list, (base, changed) => {
        const [before, after] = [base.join(""), changed.join("")];
        expect(merged(before, before, after)).toBe(after);
        expect(idsOf(items(merged(before, after, before)).toSorted(byId))).toBe(
          idsOf(items(after).toSorted(byId)),
        );
      }),
    );
  });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function never(): never {
  throw new Error("There are two.");
}
