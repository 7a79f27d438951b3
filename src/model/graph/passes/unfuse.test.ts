import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../difference.ts";
import { elementCount } from "../elementCount.ts";
import { logitsOf } from "../interpret.testing.ts";
import { lower } from "../lower.ts";
import type { LayerGraph } from "../types.ts";
import { applyFolds } from "./applyFolds.ts";
import { fold } from "./fold.ts";
import { fuse } from "./fuse.ts";
import { isWellConditioned, randomImage, randomWeights, smallArchitecture } from "./random.testing.ts";
import { layerGraphs } from "./randomLayers.testing.ts";
import { unfuse } from "./unfuse.testing.ts";

/** Largest difference that folding and fusing make to what the graph gives, of the largest value where that is above 1. */
function change(graph: LayerGraph): number {
  const weights = randomWeights(graph);
  const image = randomImage(elementCount(graph.nodes[0]?.output ?? []));
  const expected = logitsOf(graph, weights, image);
  fc.pre(isWellConditioned(graph, weights, image, expected));
  const folded = fold(graph);
  const values = logitsOf(unfuse(fuse(folded.graph)), applyFolds(folded.folds, weights), image);
  return largestDifference(values, expected) / Math.max(1, ...expected.map(Math.abs));
}

describe("folding and fusing leave what a graph gives as it was", () => {
  it("for any architecture", () => {
    fc.assert(
      fc.property(smallArchitecture, (architecture) => {
        expect(change(lower(architecture))).toBeLessThan(1e-5);
      }),
      { numRuns: 50 },
    );
  });

  it("for layers in any order, most of which run alone", () => {
    fc.assert(
      fc.property(layerGraphs(), (graph) => {
        expect(change(graph)).toBeLessThan(1e-5);
      }),
      { numRuns: 300 },
    );
  });
});
