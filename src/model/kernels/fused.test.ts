import fc from "fast-check";
import { expect, it } from "vitest";
import { deviationsApart } from "../graph/difference.ts";
import { interpret } from "../graph/interpret.testing.ts";
import { lower } from "../graph/lower.ts";
import { applyFolds } from "../graph/passes/applyFolds.ts";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import {
  isWellConditioned,
  randomImage,
  randomWeights,
  smallArchitecture,
} from "../graph/passes/random.testing.ts";
import { fusedReference } from "./fused.reference.ts";

/** `[C, H, W]` to `[H, W, C]`. */
function channelsLast(values: ArrayLike<number>, channels: number): Float32Array {
  const area = values.length / channels;
  return Float32Array.from(
    { length: values.length },
    (_, index) => values[(index % channels) * area + Math.floor(index / channels)] ?? 0,
  );
}

it("folding and fusing leave the logits of any network as they were", () => {
  fc.assert(
    fc.property(smallArchitecture, (architecture) => {
      const { inChannels, imageSize } = architecture;
      const graph = lower(architecture);
      const weights = randomWeights(graph);
      const image = randomImage(inChannels * imageSize ** 2);
      const expected = interpret(graph, weights, image).get(graph.output) ?? new Float64Array();

      fc.pre(isWellConditioned(graph, weights, image, expected));

      const folded = fold(graph);
      const fused = fuse(folded.graph);
      const values = fusedReference(
        fused,
        applyFolds(folded.folds, weights),
        channelsLast(image, inChannels),
      );
      expect(deviationsApart(values.get(fused.output) ?? [], expected)).toBeLessThan(1e-5);
    }),
    { numRuns: 50 },
  );
});
