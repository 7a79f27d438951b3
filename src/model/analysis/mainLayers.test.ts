import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { coversOf } from "../graph/covers.ts";
import { lower } from "../graph/lower.ts";
import { fold } from "../graph/passes/fold.ts";
import { fuse } from "../graph/passes/fuse.ts";
import { layerTimes, msByMainLayer } from "./mainLayers.ts";

const graph = lower(presetOf("inceptionnext_atto").architecture);
const operations = fuse(fold(graph).graph).nodes.filter(({ op }) => op.kind !== "input");
const covers = coversOf(graph, operations);
const msByNode = new Map(operations.map(({ id }, index) => [id, index + 1]));

it("shows an operation at the one layer that multiplies in it, else at its output", () => {
  const shown = msByMainLayer(graph, { msByNode, covers });
  const block = "stages.1.blocks.0";
  expect(shown.get(`${block}.mlp.fc1`)).toBe(msByNode.get(`${block}.mlp.act`));
  expect(shown.get(`${block}.mlp.fc2`)).toBe(msByNode.get(`${block}.add`));
  // Three branches in one.
  expect(shown.get(`${block}.token_mixer.concat`)).toBe(msByNode.get(`${block}.token_mixer.concat`));
  expect(shown.get("head.pool")).toBe(msByNode.get("head.pool"));
});

it("loses no time", () => {
  const sum = (times: ReadonlyMap<string, number>) =>
    [...times.values()].reduce((total, ms) => total + ms, 0);
  const shown = msByMainLayer(graph, { msByNode, covers });
  expect(shown.size).toBe(msByNode.size);
  expect(sum(shown)).toBe(sum(msByNode));
});

it("leaves layers that ran one by one where they are", () => {
  const each = new Map(graph.nodes.map(({ id }) => [id, 1]));
  expect(msByMainLayer(graph, { msByNode: each, covers: new Map() })).toEqual(each);
});

it("says what an operation stands for, and leaves out what is of another graph", () => {
  const times = layerTimes(graph, { msByNode: new Map([...msByNode, ["layer1.0.conv1", 5]]), covers });
  expect(times).toHaveLength(msByNode.size);
  const fc1 = times.find(({ id }) => id === "stages.1.blocks.0.mlp.fc1");
  expect(fc1?.covers).toEqual(["norm", "mlp.fc1", "mlp.act"].map((name) => `stages.1.blocks.0.${name}`));
});
