import { expect, it } from "vitest";
import { cutTile } from "./tiles.ts";

/** 3 x 2 tiles of 2 pixels; every value says its tile. */
const sprite = {
  width: 6,
  height: 4,
  data: Uint8Array.from({ length: 72 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % 6, Math.floor(i / 18)];
    return Math.floor(y / 2) * 3 + Math.floor(x / 2);
  }),
};

it("cuts each tile, row by row", () => {
  for (let index = 0; index < 6; index++) {
    const { width, height, data } = cutTile(sprite, 2, 3, index);
    expect([width, height, [...data]]).toEqual([2, 2, Array.from({ length: 12 }, () => index)]);
  }
});

it("refuses a tile that is not there", () => {
  expect(() => cutTile(sprite, 2, 3, 6)).toThrow("no tile 6");
  expect(() => cutTile(sprite, 2, 3, -1)).toThrow(RangeError);
  expect(() => cutTile(sprite, 2, 4, 3)).toThrow(RangeError);
});
