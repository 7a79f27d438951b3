import { expect, it } from "vitest";
import { scrollSpeed } from "./scrollSpeed.ts";

it("scrolls near the edges only, faster nearer to them and no faster beyond", () => {
  const at = (y: number) => scrollSpeed(y, 100, 500);
  expect(at(300)).toBe(0);
  expect(at(480)).toBeGreaterThan(0);
  expect(at(495)).toBeGreaterThan(at(480));
  expect(at(900)).toBe(at(500));
  expect(at(110)).toBe(-at(490));
});
