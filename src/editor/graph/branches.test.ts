import { describe, expect, it } from "vitest";
import type { InceptionMixer } from "../../model/mixers/inception.ts";
import type { TokenMixer } from "../../model/mixers/table.ts";
import { branchesOfMixer } from "../mixers/table.ts";
import { stripesOf } from "./branches.ts";

const inception: InceptionMixer = {
  kind: "inception",
  branchRatio: 0.125,
  bandKernelSize: 11,
  squareKernelSize: 3,
};

const drawn = (dim: number, mixer: TokenMixer) =>
  branchesOfMixer(dim, mixer).map(({ kind, channels, kernel, state }) => [kind, channels, kernel, state]);

describe("branches of a mixer", () => {
  it("are identity, square, 1 x k and k x 1 along the channels", () => {
    expect(drawn(96, inception)).toEqual([
      ["passing", 60, undefined, "on"],
      ["square", 12, [3, 3], "on"],
      ["bandW", 12, [1, 11], "on"],
      ["bandH", 12, [11, 1], "on"],
    ]);
  });

  it("tell a branch that is off from one that has no channels", () => {
    const branches = { square: true, bandW: false, bandH: true };
    expect(drawn(96, { ...inception, branches })[2]).toEqual(["bandW", 12, undefined, "off"]);
    expect(drawn(96, { ...inception, branchRatio: 0.01 }).slice(1)).toEqual([
      ["square", 0, [3, 3], "absent"],
      ["bandW", 0, [1, 11], "absent"],
      ["bandH", 0, [11, 1], "absent"],
    ]);
    expect(drawn(96, { ...inception, branchRatio: 1 / 3 })[0]).toEqual(["passing", 0, undefined, "absent"]);
  });

  it("are one or two for a depthwise convolution, one for identity", () => {
    expect(drawn(64, { kind: "depthwise", kernelSize: 7, convRatio: 1 })).toEqual([
      ["square", 64, [7, 7], "on"],
    ]);
    expect(drawn(64, { kind: "depthwise", kernelSize: 3, convRatio: 0.25 })).toEqual([
      ["passing", 48, undefined, "on"],
      ["square", 16, [3, 3], "on"],
    ]);
    expect(drawn(64, { kind: "depthwise", kernelSize: 3, convRatio: 0 })[1]).toEqual([
      "square",
      0,
      undefined,
      "absent",
    ]);
    expect(drawn(64, { kind: "identity" })).toEqual([["passing", 64, undefined, "on"]]);
  });

  it("fill the stack exactly, each by its share", () => {
    const stripes = stripesOf(branchesOfMixer(96, inception), 160);
    expect(stripes.map(({ size }) => size)).toEqual([100, 20, 20, 20]);
    expect(stripes.map(({ top }) => top)).toEqual([0, 100, 120, 140]);
  });
});
