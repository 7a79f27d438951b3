import { describe, expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { add, type Board, choose, emptyBoard, move, remove, rename, variantOf } from "./board.ts";

const variant = (id: string) => ({ id, name: id.toUpperCase(), network: attoArchitecture });
const board: Board = add(emptyBoard, [variant("a"), variant("b"), variant("c")]);
const ids = ({ variants }: Board) => variants.map(({ id }) => id).join("");

describe("the board", () => {
  it("has the first variant as its baseline until another is chosen", () => {
    expect(board.baselineId).toBe("a");
    expect(choose(board, "b").baselineId).toBe("b");
    expect(choose(board, "nobody")).toBe(board);
  });

  it("adds behind all, or behind one", () => {
    expect(ids(add(board, [variant("d")]))).toBe("abcd");
    expect(ids(add(board, [variant("d"), variant("e")], "a"))).toBe("adebc");
  });

  it("takes the first as baseline when the baseline goes, and none when all are gone", () => {
    expect(remove(board, "a")).toMatchObject({ baselineId: "b" });
    expect(remove(choose(board, "c"), "a")).toMatchObject({ baselineId: "c" });
    expect(["a", "b", "c"].reduce(remove, board)).toEqual(emptyBoard);
  });

  it.each([
    ["a", 2, "bca"],
    ["c", 0, "cab"],
    ["b", -5, "bac"],
    ["b", 99, "acb"],
    ["b", 1, "abc"],
    ["x", 0, "abc"],
  ])("moves %s to %i", (id, place, order) => {
    expect(ids(move(board, id, place))).toBe(order);
  });

  it("gives a name that is taken the first free number", () => {
    const names = (text: string) => rename(board, "a", text).variants[0]?.name;
    expect(names(" mine ")).toBe("mine");
    expect(names("B")).toBe("B 2");
    expect(names("")).toBe("A");
    expect(rename(board, "a", "A")).toBe(board);
    const twice = rename(rename(board, "b", "A"), "c", "A 2");
    expect(twice.variants.map(({ name }) => name)).toEqual(["A", "A 2", "A 3"]);
  });

  it("names a network by itself", () => {
    const one = variantOf(emptyBoard, attoArchitecture);
    expect(one).toMatchObject({ name: "InceptionNeXt-A", network: attoArchitecture });
    const two = variantOf(add(emptyBoard, [one]), attoOfDepth(9));
    expect(two.name).toBe("InceptionNeXt-A 2");
    expect(two.id).not.toBe(one.id);
    expect(variantOf(emptyBoard, resnet50).name).toBe("ResNet-50");
  });
});
