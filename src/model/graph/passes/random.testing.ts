/** @file Small random networks and weights for the property tests of the passes. */
import fc from "fast-check";
import type { Architecture, Stage } from "../../architecture/schema.ts";
import type { TokenMixer } from "../../mixers/table.ts";
import { deviationsApart } from "../difference.ts";
import { elementCount } from "../elementCount.ts";
import { interpret } from "../interpret.testing.ts";
import type { LayerGraph, TensorRole } from "../types.ts";

const odd = fc.integer({ min: 0, max: 3 }).map((half) => 2 * half + 1);

const tokenMixer: fc.Arbitrary<TokenMixer> = fc.oneof(
  fc.record({
    kind: fc.constant("inception" as const),
    branchRatio: fc.constantFrom(0, 0.2, 0.25, 0.33),
    bandKernelSize: odd,
    squareKernelSize: odd,
    branches: fc.record({ square: fc.boolean(), bandW: fc.boolean(), bandH: fc.boolean() }),
  }),
  fc.record({
    kind: fc.constant("depthwise" as const),
    kernelSize: odd,
    convRatio: fc.constantFrom(0, 0.3, 0.5, 1),
  }),
  fc.record({ kind: fc.constant("pool" as const), kernelSize: odd }),
  fc.record({ kind: fc.constant("identity" as const) }),
);

const stage: fc.Arbitrary<Stage> = fc.record({
  depth: fc.integer({ min: 1, max: 2 }),
  dim: fc.integer({ min: 1, max: 9 }),
  mlpRatio: fc.constantFrom(1, 1.5, 3),
  tokenMixer,
});

/** Any mixers, norms and heads, with dims below 10 on images of 32 to 39 pixels. */
export const smallArchitecture: fc.Arbitrary<Architecture> = fc.record({
  version: fc.constant(2 as const),
  inChannels: fc.integer({ min: 1, max: 4 }),
  imageSize: fc.integer({ min: 32, max: 39 }),
  numClasses: fc.integer({ min: 4, max: 7 }),
  family: fc.constantFrom("metanext" as const, "convnext" as const),
  norm: fc.constantFrom("batchnorm" as const, "layernorm" as const),
  stages: fc.tuple(stage, stage, stage, stage),
  head: fc.oneof(
    fc.record({ kind: fc.constant("mlp" as const), mlpRatio: fc.constantFrom(1, 2.5) }),
    fc.record({ kind: fc.constant("linear" as const) }),
  ),
});

/** Values for every tensor of the graph, spread as in a network that works, and the variances positive. */
export function randomWeights(
  graph: LayerGraph,
): Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }> {
  const next = numbers();
  const value = (role: TensorRole, fanIn: number) => {
    if (role === "runningVar") return 1 + 0.5 * next();
    if (role === "weight") return fanIn > 1 ? next() * Math.sqrt(3 / fanIn) : 1 + 0.5 * next();
    return 0.5 * next();
  };
  return new Map(
    graph.nodes
      .flatMap((node) => node.tensors)
      .map(({ key, role, shape }) => {
        const length = elementCount(shape);
        const data = Float32Array.from({ length }, () => value(role, length / (shape[0] ?? 1)));
        return [key, { shape, data }];
      }),
  );
}

export function randomImage(length: number): Float32Array {
  const next = numbers();
  return Float32Array.from({ length }, next);
}

/** Repeatable numbers between -1 and 1. */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/**
 * Layer norm over a few nearly equal channels magnifies up to a thousandfold. Where the network itself answers to a change
 * of its weights in float32's last digit, its logits tell rounding and not whether a pass is right.
 */
export function isWellConditioned(
  graph: LayerGraph,
  weights: ReturnType<typeof randomWeights>,
  image: ReturnType<typeof randomImage>,
  expected: Float64Array,
): boolean {
  const nudged = new Map(
    [...weights].map(([key, { shape, data }]) => [
      key,
      { shape, data: data.map((value, index) => value * (1 + (index % 2 ? 1 : -1) * 2 ** -23)) },
    ]),
  );
  const logits = interpret(graph, nudged, image).get(graph.output) ?? [];
  return deviationsApart(logits, expected) < 2e-6;
}
