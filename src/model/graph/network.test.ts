import { describe, expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { anyNetworkSchema, graphOf, inputOf, isFixed, nameOf, parseNetwork, resnet50 } from "./network.ts";

const atto = presetOf("inceptionnext_atto").architecture;

describe("any network", () => {
  it("is lowered to its layers", () => {
    expect(graphOf(atto).output).toBe("head.fc2");
    expect(graphOf(resnet50).output).toBe("fc");
  });

  it("has a name and an input", () => {
    const { name: _name, ...unnamed } = atto;
    expect([atto, unnamed, resnet50].map(nameOf)).toEqual([
      "InceptionNeXt-A",
      "Unnamed network",
      "ResNet-50",
    ]);
    for (const network of [atto, resnet50]) {
      const { imageSize, inChannels } = inputOf(network);
      const input = graphOf(network).nodes.find(({ op }) => op.kind === "input");
      expect(input?.output).toEqual([inChannels, imageSize, imageSize]);
    }
    expect([isFixed(atto), isFixed(resnet50)]).toEqual([false, true]);
  });

  it("comes through JSON as it was", () => {
    for (const network of [atto, resnet50]) {
      const json: unknown = JSON.parse(JSON.stringify(network));
      expect(parseNetwork(json)).toEqual({ ok: true, value: network });
      expect(anyNetworkSchema.parse(json)).toEqual(network);
    }
  });

  it.each<readonly [what: string, input: unknown, path: string]>([
    ["another fixed network", { fixed: "vgg16" }, "fixed"],
    ["a fixed network with more fields", { fixed: "resnet50", depth: 3 }, ""],
    [
      "a field that is wrong",
      { ...atto, stages: atto.stages.with(1, { ...atto.stages[1], dim: 0 }) },
      "stages[1].dim",
    ],
    ["no object", "resnet50", ""],
  ])("refuses %s and names the field", (_, input, path) => {
    const parsed = parseNetwork(input);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.issues.map((issue) => issue.path)).toContain(path);
    const issues = anyNetworkSchema.safeParse(input).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join("."))).toContain(path);
  });
});
