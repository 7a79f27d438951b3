import { describe, expect, it } from "vitest";
import { type Box, nearestBox, pointAfterKey } from "./nearest.ts";

const at = (left: number, top: number, size = 10): Box => ({
  left,
  right: left + size,
  top,
  bottom: top + size,
});

describe("the point that is meant", () => {
  const boxes = [at(0, 0), at(100, 0), at(104, 0)];

  it("is the one under the pointer, or the nearest within reach", () => {
    expect(nearestBox(boxes, { x: 5, y: 5 }, 20)).toBe(0);
    expect(nearestBox(boxes, { x: 25, y: 5 }, 20)).toBe(0);
    expect(nearestBox(boxes, { x: 50, y: 5 }, 20)).toBeUndefined();
    expect(nearestBox([], { x: 0, y: 0 }, 20)).toBeUndefined();
  });

  it("is the one whose middle is nearer where two overlap", () => {
    expect(nearestBox(boxes, { x: 106, y: 5 }, 20)).toBe(1);
    expect(nearestBox(boxes, { x: 109, y: 5 }, 20)).toBe(2);
  });
});

it.each([
  ["ArrowRight", 0, 1],
  ["ArrowDown", 2, 2],
  ["ArrowLeft", 0, 0],
  ["ArrowUp", 2, 1],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["a", 1, undefined],
])("%s leads from point %d to %s", (key, from, to) => {
  expect(pointAfterKey(key, from, 3)).toBe(to);
});
