import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../builder.ts";
import { deviationsApart } from "../difference.ts";
import { elementCount } from "../elementCount.ts";
import { interpret } from "../interpret.testing.ts";
import { lower } from "../lower.ts";
import type { LayerGraph } from "../types.ts";
import { applyFolds } from "./applyFolds.ts";
import { fold } from "./fold.ts";
import { isWellConditioned, randomImage, randomWeights, smallArchitecture } from "./random.testing.ts";

function build(body: (builder: GraphBuilder, input: string) => string): LayerGraph {
  const builder = new GraphBuilder();
  let output = "";
  builder.group({ id: "all", kind: "stem" }, () => {
    output = body(builder, builder.input("input", 3, 6));
    return output;
  });
  return builder.build(output);
}

function values(graph: LayerGraph, folds = fold(graph)) {
  const weights = randomWeights(graph);
  const image = randomImage(elementCount(graph.nodes[0]?.output ?? []));
  return {
    before: interpret(graph, weights, image),
    after: interpret(folds.graph, applyFolds(folds.folds, weights), image),
  };
}

/** Largest relative difference over the nodes that remain. */
function difference(graph: LayerGraph): number {
  const { before, after } = values(graph);
  const differences = [...after].map(([id, now]) =>
    deviationsApart(now, before.get(id) ?? new Float64Array()),
  );
  return Math.max(...differences);
}

const kinds = (graph: LayerGraph) => graph.nodes.map(({ op }) => op.kind);

describe("fold", () => {
  it("leaves the logits of any network as they were, and removes every batch norm and scale", () => {
    fc.assert(
      fc.property(smallArchitecture, (architecture) => {
        const graph = lower(architecture);
        const folded = fold(graph).graph;
        expect(kinds(folded).filter((kind) => kind === "batchNorm" || kind === "scale")).toEqual([]);
        const { before, after } = values(graph);
        const [was, is] = [before, after].map((layers) => layers.get(graph.output) ?? new Float64Array());
        const image = randomImage(architecture.inChannels * architecture.imageSize ** 2);
        fc.pre(isWellConditioned(graph, randomWeights(graph), image, was ?? new Float64Array()));
        expect(deviationsApart(is ?? new Float64Array(), was ?? new Float64Array())).toBeLessThan(1e-5);
      }),
      { numRuns: 25 },
    );
  });

  it("gives every node that remains the values it had", () => {
    const graph = build((b, x) => {
      const conv = b.conv2d("conv", x, { channels: 4, kernelSize: [2, 2], stride: 2, bias: false });
      const normed = b.norm("norm", conv, "batchnorm");
      const branch = b.linear("linear", b.norm("norm2", b.relu("relu", normed), "batchnorm"), 4);
      return b.add("add", b.scale("scale", branch), normed);
    });
    const { graph: folded } = fold(graph);
    expect(folded.nodes.map(({ id }) => id)).toEqual(["input", "norm", "relu", "scale", "add"]);
    expect(kinds(folded)).toEqual(["input", "conv2d", "relu", "linear", "add"]);
    expect(folded.nodes[1]?.tensors.map(({ key }) => key)).toEqual(["conv.weight", "conv.bias"]);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it("folds into every reader of a norm", () => {
    const graph = build((b, x) => {
      const normed = b.norm("norm", x, "batchnorm");
      return b.add("add", b.linear("left", normed, 2), b.linear("right", normed, 2));
    });
    expect(kinds(fold(graph).graph)).toEqual(["input", "linear", "linear", "add"]);
    expect(difference(graph)).toBeLessThan(1e-6);
  });

  it("leaves a norm alone that the border, another reader or the output needs", () => {
    const padded = { channels: 2, kernelSize: [3, 3], stride: 1, padding: [1, 1] } as const;
    const graphs = [
      build((b, x) => b.conv2d("conv", b.norm("norm", x, "batchnorm"), padded)),
      build((b, x) => {
        const normed = b.norm("norm", x, "batchnorm");
        return b.add("add", b.linear("linear", normed, 3), normed);
      }),
      build((b, x) => b.norm("norm", b.relu("relu", x), "batchnorm")),
    ];
    for (const graph of graphs) {
      expect(fold(graph).folds).toEqual([]);
      expect(fold(graph).graph).toEqual(graph);
    }
  });

  it("does not fold into a layer whose own output is read too", () => {
    const graph = build((b, x) => {
      const conv = b.linear("linear", x, 3);
      return b.add("add", b.norm("norm", conv, "batchnorm"), conv);
    });
    expect(fold(graph).folds).toEqual([]);
  });

  it("names a tensor that is missing", () => {
    const graph = build((b, x) => b.norm("norm", b.linear("linear", x, 3), "batchnorm"));
    const weights = randomWeights(graph);
    weights.delete("norm.running_var");
    expect(() => applyFolds(fold(graph).folds, weights)).toThrow("norm.running_var");
  });
});
