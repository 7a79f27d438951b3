import { describe, expect, it } from "vitest";
import { encodeArchitecture } from "../../model/architecture/link.ts";
import { resnet50 } from "../../model/graph/network.ts";
import { attoArchitecture, attoOfDepth } from "../engine/fakeEngine.testing.ts";
import { networkToJson, readNetworks } from "./readNetworks.ts";

describe("what is pasted on the board", () => {
  it.each([
    ["an architecture", JSON.stringify(attoArchitecture), [attoArchitecture]],
    ["the fixed baseline", '{ "fixed": "resnet50" }', [resnet50]],
    ["a list", JSON.stringify([attoArchitecture, resnet50]), [attoArchitecture, resnet50]],
    [
      "links among words",
      `see https://host/#a=${encodeArchitecture(attoArchitecture)} and\n#a=${encodeArchitecture(attoOfDepth(9))}`,
      [attoArchitecture, attoOfDepth(9)],
    ],
  ])("may be %s", (_what, text, value) => {
    expect(readNetworks(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["", /Not JSON/],
    ["[]", /empty/],
    ["https://host/#a=2.abc", /version/],
    ['{ "fixed": "vgg" }', /resnet50/],
    ["7", /./],
  ])("is refused with a reason: %j", (text, reason) => {
    const read = readNetworks(text);
    expect(read.ok ? "" : read.issues[0]?.message).toMatch(reason);
  });

  it("says which of several is wrong", () => {
    const read = readNetworks(JSON.stringify([resnet50, { ...attoArchitecture, imageSize: 5 }]));
    expect(read).toMatchObject({ ok: false, issues: [{ path: "[1].imageSize" }] });
  });
});

it("writes what it reads, under the board's name", () => {
  expect(readNetworks(networkToJson(attoArchitecture, "mine"))).toEqual({
    ok: true,
    value: [{ ...attoArchitecture, name: "mine" }],
  });
  expect(readNetworks(networkToJson(resnet50, "yardstick"))).toEqual({ ok: true, value: [resnet50] });
});
