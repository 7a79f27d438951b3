import { expect, it } from "vitest";
import { firstOfEach } from "./testImages.ts";

it("takes one test image of every class that has one", () => {
  expect(firstOfEach([2, 2, 0, 1, 0], 4)).toEqual([2, 3, 0]);
});
