import { expect, it } from "vitest";
import { presetOf } from "../architecture/presets.ts";
import { lower } from "../graph/lower.ts";
import { lowerResnet50 } from "../graph/resnet50.ts";
import { recogniseArchitecture } from "./recognise.ts";
import type { WeightTensor } from "./tensorMap.ts";
import { trainedNetworkOf } from "./trainedNetwork.ts";

const { architecture } = presetOf("inceptionnext_atto");

/** A checkpoint of the shapes alone. */
function tensorsOf(graph: ReturnType<typeof lower>): Map<string, WeightTensor> {
  const specs = graph.nodes.flatMap((node) => node.tensors);
  return new Map(specs.map(({ key, shape }) => [key, { shape, data: new Float32Array(size(shape)) }]));
}
const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

it("is the checkpoint's own where that is whole", () => {
  const recognition = recogniseArchitecture(tensorsOf(lower(architecture)));
  expect(trainedNetworkOf(recognition)).toEqual({
    architecture: recognition.architecture,
    tensors: recognition.tensors,
  });
});

it("names the tensors that are missing or have another shape", () => {
  const tensors = tensorsOf(lower(architecture));
  tensors.delete("stages.0.blocks.0.gamma");
  tensors.set("head.norm.bias", { shape: [7], data: new Float32Array(7) });
  expect(() => trainedNetworkOf(recogniseArchitecture(tensors))).toThrow(
    /lacks tensors, or has them in another shape: stages\.0\.blocks\.0\.gamma, head\.norm\.bias\. Choose a checkpoint of/,
  );
});

it("counts the missing tensors that it does not name", () => {
  const tensors = tensorsOf(lower(architecture));
  for (const part of ["weight", "bias", "running_mean", "running_var"])
    tensors.delete(`stages.1.blocks.0.norm.${part}`);
  expect(() => trainedNetworkOf(recogniseArchitecture(tensors))).toThrow(/running_mean and 1 more\./);
});

it("is no ResNet-50, which cannot be edited", () => {
  const recognition = recogniseArchitecture(tensorsOf(lowerResnet50({ imageSize: 224 })));
  expect(() => trainedNetworkOf(recognition)).toThrow(/fixed baseline/);
});
