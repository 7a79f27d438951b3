/** @file Wires the layers of a graph as the nodes of an ONNX graph, which are joined by the names of their values. */
import type { ChannelRange, LayerGraph, LayerNode } from "../graph/types.ts";
import { cutNodes, rangeValue } from "./channelCuts.ts";
import type { OnnxNode } from "./onnxMessages.ts";
import { layerNodes } from "./onnxOps.ts";

/** Names of the values that go into the network and come out of it. */
export const inputName = "input";
export const outputName = "logits";

/** The nodes of every layer, in order; what layers read in parts is cut right after it is computed. */
export function nodesOf({ nodes, output }: LayerGraph): readonly OnnxNode[] {
  const layers = new Map(nodes.map((layer) => [layer.id, layer]));
  /** Not the id alone: a layer scale has the name of its tensor. */
  const nameOf = (id: string) => {
    if (id === output) return outputName;
    return layers.get(id)?.op.kind === "input" ? inputName : `${id}/output`;
  };
  const parts = new Map(nodes.flatMap((layer) => partRead(layer, layers)));
  const cuts = new Map<string, Cut>();
  for (const [reader, { source, range }] of parts) {
    const { place, ranges } = cuts.get(source) ?? { place: reader.group, ranges: [] };
    cuts.set(source, { place, ranges: [...ranges, range] });
  }
  return nodes.flatMap((layer) => {
    const value = nameOf(layer.id);
    const part = parts.get(layer);
    const inputs = part ? [rangeValue(nameOf(part.source), part.range)] : layer.inputs.map(nameOf);
    const cut = cuts.get(layer.id);
    return [
      ...layerNodes(layer, { inputs, output: value }),
      ...(cut ? cutNodes(cut.place, value, layer.output[0], cut.ranges) : []),
    ];
  });
}

/** What is read of one layer in parts; `place` is the group that the parts belong to. */
interface Cut {
  readonly place: string;
  readonly ranges: readonly ChannelRange[];
}

/** The part that a layer reads of its input, with the layer; nothing if it reads all of it. */
function partRead(
  layer: LayerNode,
  layers: ReadonlyMap<string, LayerNode>,
): readonly (readonly [LayerNode, { readonly source: string; readonly range: ChannelRange }])[] {
  const { op, inputs } = layer;
  const [source] = inputs;
  if ((op.kind !== "channels" && op.kind !== "depthwiseConv2d") || source === undefined) return [];
  if (op.channels.count === layers.get(source)?.output[0]) return [];
  return [[layer, { source, range: op.channels }]];
}
