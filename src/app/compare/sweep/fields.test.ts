import { describe, expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import { parseValues, sweepPoints } from "../../../model/benchmark/sweep.ts";
import { axisLabel, fieldsOf, pathOf, pointKey, pointName, valueText } from "./fields.ts";

const atto = presetOf("inceptionnext_atto").architecture;
const mixed = presetOf("metanext_tiny_mixed").architecture;

describe("the fields of a sweep", () => {
  it("are those that a stage in the scope has", () => {
    const labels = (scope: Parameters<typeof fieldsOf>[1]) =>
      fieldsOf(mixed, scope).map(({ label }) => label);
    expect(labels("*")).toContain("Band kernel");
    expect(labels("*")).toContain("Kernel");
    expect(labels("0")).toEqual(["Kernel", "Convolution ratio", "Depth", "Dim", "MLP ratio"]);
    expect(labels("3")).toEqual(["Depth", "Dim", "MLP ratio"]);
  });

  it.each(fieldsOf(atto, "*"))("begin with values of which the schema takes some ($label)", (field) => {
    const path = pathOf(field.field, "*");
    const points = sweepPoints(atto, [{ path, values: parseValues(field.values) }]);
    expect(points.some((point) => "architecture" in point)).toBe(true);
  });

  it("and their values are written as people write them", () => {
    expect(axisLabel("stages[*].tokenMixer.branchRatio")).toBe("Branch ratio");
    expect(axisLabel("stages[2].depth")).toBe("Depth of stage 3");
    expect(valueText("stages[*].tokenMixer.branchRatio", 0.1875)).toBe("3/16");
    expect(valueText("stages[*].tokenMixer.branchRatio", 1 / 3)).toBe("1/3");
    expect(valueText("stages[*].tokenMixer.branchRatio", 0.2)).toBe("0.2");
    expect(valueText("stages[*].depth", 12)).toBe("12");
    expect(pointName({ "stages[*].tokenMixer.bandKernelSize": 7, "stages[0].dim": 32 })).toBe(
      "Band kernel 7, Dim of stage 1 32",
    );
  });

  it("give one key, in whatever order they stand", () => {
    expect(pointKey({ a: 1, b: 2 })).toBe(pointKey({ b: 2, a: 1 }));
    expect(pointKey({ a: 1, b: 2 })).not.toBe(pointKey({ a: 2, b: 1 }));
  });
});
