import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { fold } from "../graph/passes/fold.ts";
import { seededWeights } from "../weights/graphWeights.ts";
import type { TensorMap } from "../weights/tensorMap.ts";
import { checkWeights, foldedSources } from "./sources.ts";

const graph = lower({ ...presetOf("inceptionnext_atto").architecture, imageSize: 32 });
const { folds } = fold(graph);
const weights = seededWeights(graph);

/** The weights with a new array of one key. */
function changed(key: string, change: (data: Float32Array) => Float32Array): TensorMap {
  const tensor = weights.get(key);
  if (!tensor) throw new Error(key);
  return new Map(weights).set(key, { ...tensor, data: change(tensor.data) });
}

/** Keys whose identity differs. */
function differing(other: TensorMap): readonly string[] {
  const [before, after] = [foldedSources(folds, weights), foldedSources(folds, other)];
  return [...before]
    .filter(([key, { identity }]) => after.get(key)?.identity !== identity)
    .map(([key]) => key);
}

it("knows the same arrays again, folded or not", () => {
  expect(differing(new Map(weights))).toEqual([]);
});

it.each([
  ["stages.0.blocks.0.gamma", ["mlp.fc2.weight", "mlp.fc2.bias"]],
  ["stages.0.blocks.0.norm.running_var", ["mlp.fc1.weight", "mlp.fc1.bias", "norm.running_var"]],
  ["stages.0.blocks.0.mlp.fc1.weight", ["mlp.fc1.weight", "mlp.fc1.bias"]],
])("tells what depends on %s", (key, expected) => {
  const seen = differing(changed(key, (data) => data.slice())).filter((name) => !name.endsWith("gamma"));
  expect(seen.toSorted()).toEqual(expected.map((name) => `stages.0.blocks.0.${name}`).toSorted());
});

it("folds a layer that has no bias into one that has", () => {
  const sources = foldedSources(
    folds,
    changed("stages.0.blocks.0.gamma", (data) => data.map(() => 2)),
  );
  const before = weights.get("stages.0.blocks.0.mlp.fc2.weight")?.data ?? new Float32Array();
  expect(sources.get("stages.0.blocks.0.mlp.fc2.weight")?.read()).toEqual(before.map((value) => 2 * value));
});

it.each([
  [
    "missing",
    (key: string) => new Map([...weights].filter(([name]) => name !== key)),
    /no tensor stem\.1\.bias/,
  ],
  ["misshaped", (key: string) => changed(key, (data) => data), /stem\.1\.bias has the shape \[1\]/],
] as const)("says which tensor is %s", (what, change, message) => {
  const tensors = change("stem.1.bias");
  const broken =
    what === "missing"
      ? tensors
      : new Map(tensors).set("stem.1.bias", { shape: [1], data: new Float32Array(1) });
  expect(() => checkWeights(graph, broken)).toThrow(message);
});
