import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editByPath } from "./edits.ts";
import { presetOf } from "./presets.ts";
import { ArchitectureError, architectureFromJson, parseArchitecture } from "./schema.ts";

const atto = presetOf("inceptionnext_atto").architecture;

function issuesAfter(path: string, value: unknown): readonly string[] {
  const result = editByPath(atto, path, value);
  return result.ok ? [] : result.issues.map((issue) => `${issue.path}: ${issue.message}`);
}

describe("parseArchitecture", () => {
  it.each([
    ["stages[2].tokenMixer.bandKernelSize", 8, "must be odd"],
    ["stages[0].tokenMixer.squareKernelSize", 2, "must be odd"],
    ["stages[1].tokenMixer.branchRatio", 0.34, "takes 81 channels in three branches, but the stage has 80"],
    ["stages[1].depth", 0, "at least 1"],
    ["stages[3].dim", 0, "at least 1"],
    ["stages[3].dim", 1.5, "whole number"],
    ["stages[0].mlpRatio", 0.001, "no hidden channel"],
    ["imageSize", 31, "at least 32"],
    ["imageSize", "224", "must be a number"],
    ["numClasses", Number.NaN, "must be a number"],
    ["norm", "groupnorm", "batchnorm or layernorm"],
    ["family", "resnet", "metanext or convnext"],
    ["head.mlpRatio", 0, "above 0"],
    ["stages[0].tokenMixer", { kind: "attention" }, ""],
  ])("names %s when it is %s", (path, value, message) => {
    const issues = issuesAfter(path, value);
    expect(issues.length).toBeGreaterThan(0);
    expect(issues[0]).toContain(path);
    expect(issues[0]).toContain(message);
  });

  it("reports everything that is wrong at once", () => {
    const stages = atto.stages.map((stage) => ({ ...stage, depth: 0 }));
    const result = parseArchitecture({ ...atto, stages, imageSize: 8 });
    expect(result.ok ? [] : result.issues.map((issue) => issue.path)).toEqual([
      "stages[0].depth",
      "stages[1].depth",
      "stages[2].depth",
      "stages[3].depth",
      "imageSize",
    ]);
  });

  it.each([
    ["batchnorm", "metanext"],
    ["layernorm", "convnext"],
  ] as const)("reads version 1, whose %s meant the family %s", (norm, family) => {
    const { version: _version, family: _family, ...rest } = atto;
    const result = parseArchitecture({ ...rest, version: 1, norm });
    expect(result).toEqual({ ok: true, value: { ...rest, version: 2, family, norm } });
    expect(parseArchitecture({ ...rest, version: 1, norm: "groupnorm" })).toMatchObject({
      ok: false,
      issues: [{ path: "norm", message: "Norm must be batchnorm or layernorm" }],
    });
  });

  it("takes either norm in either family", () => {
    for (const family of ["metanext", "convnext"] as const)
      for (const norm of ["batchnorm", "layernorm"] as const)
        expect(parseArchitecture({ ...atto, family, norm }).ok).toBe(true);
  });

  it("asks for the family from version 2 on, and knows no other version", () => {
    const { family: _, ...rest } = atto;
    const paths = (value: unknown) => {
      const result = parseArchitecture(value);
      return result.ok ? [] : result.issues.map(({ path }) => path);
    };
    expect(paths(rest)).toEqual(["family"]);
    expect(paths({ ...atto, version: 3 })).toEqual(["version"]);
    expect(paths({ ...atto, version: 1 })).not.toEqual([]);
  });

  it("refuses fields that the format does not know", () => {
    const result = parseArchitecture({ ...atto, bandKernel: 3 });
    expect(result.ok ? "" : result.issues[0]?.message).toContain("bandKernel");
  });

  it("allows a branch of zero channels and a third of the channels a branch", () => {
    expect(issuesAfter("stages[*].tokenMixer.branchRatio", 0)).toEqual([]);
    expect(issuesAfter("stages[*].tokenMixer.branchRatio", 1 / 3)).toEqual([]);
  });

  it("never throws, whatever it is given", () => {
    fc.assert(fc.property(fc.anything(), (value) => typeof parseArchitecture(value).ok === "boolean"));
  });
});

it("says why JSON text is no architecture", () => {
  expect(() => architectureFromJson("{")).toThrow(ArchitectureError);
  expect(() => architectureFromJson("{}")).toThrow(/stages/);
});
