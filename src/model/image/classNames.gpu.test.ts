import { expect, it } from "vitest";
import { imagenetClassNames } from "./classNames.ts";

it("loads the names in a browser, where the package's CommonJS has to be converted", async () => {
  const names = await imagenetClassNames();
  expect([names.length, names[285]]).toEqual([1000, "Egyptian cat"]);
});
