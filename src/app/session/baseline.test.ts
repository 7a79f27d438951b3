import { expect, it } from "vitest";
import { presets } from "../../model/architecture/presets.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { baselineFor } from "./baseline.ts";

const known = presets.map((preset) => preset.architecture);

it("compares a link with the network that it is, else with the one of its name, else with itself", () => {
  expect(baselineFor({ ...attoArchitecture, name: "mine" }, known)).toEqual(attoArchitecture);
  expect(baselineFor(attoOfDepth(9), known)).toEqual(attoArchitecture);
  const stranger = { ...attoOfDepth(9), name: "mine" };
  expect(baselineFor(stranger, known)).toBe(stranger);
});
