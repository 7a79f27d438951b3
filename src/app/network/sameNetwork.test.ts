import { expect, it } from "vitest";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.ts";
import { isSame } from "./sameNetwork.ts";

it("knows a network whatever it is called", () => {
  expect(isSame(attoArchitecture, { ...attoArchitecture, name: "mine" })).toBe(true);
  expect(isSame(attoArchitecture, attoOfDepth(9))).toBe(false);
  expect(isSame(resnet50, { ...resnet50 })).toBe(true);
  expect(isSame(resnet50, attoArchitecture)).toBe(false);
});
