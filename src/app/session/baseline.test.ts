import { expect, it } from "vitest";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.ts";
import { baselineFor } from "./baseline.ts";

it("compares a link with the preset that it is, else with the one of its name, else with itself", () => {
  expect(baselineFor({ ...attoArchitecture, name: "mine" })).toEqual(attoArchitecture);
  expect(baselineFor(attoOfDepth(9))).toEqual(attoArchitecture);
  const stranger = { ...attoOfDepth(9), name: "mine" };
  expect(baselineFor(stranger)).toBe(stranger);
});
