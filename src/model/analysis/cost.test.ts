import { describe, expect, it } from "vitest";
import { presets } from "../architecture/presets.ts";
import { type Architecture, parseArchitecture } from "../architecture/schema.ts";
import { GraphBuilder } from "../graph/builder.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { costOf, macsOf, trainable } from "./cost.ts";
import reference from "./fixtures/analysis.json" with { type: "json" };

function architectureOf(expected: (typeof reference)[number]): Architecture {
  const parsed = parseArchitecture(expected.architecture);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

describe.each(reference)("$name as the official PyTorch model", (expected) => {
  const graph = lower(architectureOf(expected));

  it("has the same totals", () => {
    const { params, macs, activations, flops } = costOf(graph).total;
    expect({ params, macs, activations }).toEqual({
      params: expected.params,
      macs: expected.macs,
      activations: expected.activations,
    });
    expect(flops).toBe(2 * expected.macs);
  });

  it("has the same MACs in every module", () => {
    const counted = graph.nodes
      .map((node) => [node.id, macsOf(node)] as const)
      .filter(([, macs]) => macs > 0);
    expect(Object.fromEntries(counted)).toEqual(expected.macs_by_module);
  });

  it("has the same parameters in every tensor", () => {
    const tensors = graph.nodes.flatMap((node) => node.tensors).filter((tensor) => trainable(tensor) > 0);
    expect(Object.fromEntries(tensors.map((tensor) => [tensor.key, trainable(tensor)]))).toEqual(
      expected.params_by_tensor,
    );
  });
});

it("has every preset in the reference, under the same name and with the same architecture", () => {
  const byName = new Map(reference.map((expected) => [expected.name, architectureOf(expected)]));
  for (const { id, architecture } of presets) {
    const { name: _name, ...unnamed } = architecture;
    expect(unnamed, id).toEqual(byName.get(id));
  }
});

it("adds up: every group costs what it holds", () => {
  const preset = presets[0];
  if (!preset) throw new Error("no presets");
  const graph = lower(preset.architecture);
  const { total, byId } = costOf(graph);
  const top = graph.groups.filter((group) => group.parent === undefined);
  const sum = top.reduce((macs, group) => macs + (byId.get(group.id)?.macs ?? 0), 0);
  expect(sum).toBe(total.macs);
  // Input, stem convolution, and what the widest MLP holds at once: shortcut, expanded map before and after GELU.
  expect(total.peakActivationBytes).toBe(4 * 56 * 56 * (40 + 160 + 160));
});

it("counts ResNet-50 as torchvision's", () => {
  const { params, macs, activations } = costOf(lowerResnet50()).total;
  expect({ params, macs, activations }).toEqual({
    params: 25_557_032,
    macs: 4_089_184_256,
    activations: 11_114_984,
  });
});

it("counts nothing for pooling and differences, as papers do not", () => {
  const builder = new GraphBuilder();
  const output = builder.group({ id: "mixer", kind: "tokenMixer" }, () => {
    const x = builder.input("input", 2, 4);
    return builder.subtract("difference", builder.averagePool2d("pool", x, [3, 3]), x);
  });
  const { total } = costOf(builder.build(output));
  expect([total.params, total.macs, total.activations]).toEqual([0, 0, 0]);
  expect(total.peakActivationBytes).toBe(3 * 4 * 2 * 4 * 4);
});
