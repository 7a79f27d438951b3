import { expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { resnet50 } from "../../model/graph/network.ts";
import { isSame } from "./sameNetwork.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const tiny = presetOf("inceptionnext_tiny").architecture;

it("knows a network whatever it is called", () => {
  expect(isSame(atto, { ...atto, name: "mine" })).toBe(true);
  expect(isSame(atto, tiny)).toBe(false);
  expect(isSame(resnet50, { ...resnet50 })).toBe(true);
  expect(isSame(resnet50, atto)).toBe(false);
});
