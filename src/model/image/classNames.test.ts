import { expect, it } from "vitest";
import { imagenetClassNames } from "./classNames.ts";

it("gives the 1,000 names in the standard order", async () => {
  const names = await imagenetClassNames();
  expect(names).toHaveLength(1000);
  expect(names[0]).toBe("tench, Tinca tinca");
  expect(names[282]).toBe("tiger cat");
  expect(names[285]).toBe("Egyptian cat");
  expect(names[999]).toBe("toilet tissue, toilet paper, bathroom tissue");
});

it("names two classes crane, so that only the index tells them apart", async () => {
  const names = await imagenetClassNames();
  expect(names.flatMap((name, index) => (name === "crane" ? [index] : []))).toEqual([134, 517]);
});
