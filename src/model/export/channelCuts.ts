/**
 * @file Cuts a map along its channels for the layers that read only some of them.
 *
 * Where their ranges make up the whole, as a mixer's do, that is one Split, which reads the map once: on WebGPU four
 * Slices of an Inception mixer are three dispatches more. Other ranges are a Slice each.
 */
import type { ChannelRange } from "../graph/types.ts";
import type { OnnxNode } from "./onnxMessages.ts";

/** Name of the value that holds the channels `range` of the value `source`. */
export function rangeValue(source: string, { start, count }: ChannelRange): string {
  return `${source}[${start}:${start + count}]`;
}

/** The nodes that give every one of the `ranges` of the value `source`, which has so many `channels`; named below `place`. */
export function cutNodes(
  place: string,
  source: string,
  channels: number,
  ranges: readonly ChannelRange[],
): readonly OnnxNode[] {
  const distinct = new Map(ranges.map((range) => [rangeValue(source, range), range]));
  const sorted = [...distinct.values()].sort((a, b) => a.start - b.start);
  if (isWhole(sorted, channels)) {
    const sizes = `${source}/split_sizes`;
    const counts = sorted.map(({ count }) => count);
    const outputs = sorted.map((range) => rangeValue(source, range));
    const attributes = { axis: 1 };
    return [
      constant(sizes, counts),
      { name: `${place}/split`, opType: "Split", inputs: [source, sizes], outputs, attributes },
    ];
  }
  return sorted.flatMap((range) => {
    const [value, start, end] = [rangeValue(source, range), range.start, range.start + range.count] as const;
    const [starts, ends, axes] = [`${value}/starts`, `${value}/ends`, `${value}/axes`] as const;
    return [
      constant(starts, [start]),
      constant(ends, [end]),
      constant(axes, [1]),
      {
        name: `${place}/slice_${start}_${end}`,
        opType: "Slice",
        inputs: [source, starts, ends, axes],
        outputs: [value],
      },
    ];
  });
}

/** Whether the sorted ranges follow each other from the first channel to the last, without gap or overlap. */
function isWhole(ranges: readonly ChannelRange[], channels: number): boolean {
  let next = 0;
  for (const { start, count } of ranges) {
    if (start !== next) return false;
    next += count;
  }
  return next === channels;
}

/** Whole numbers that a node takes as an input; a node of its own, so that the initialisers are the weights alone. */
function constant(value: string, numbers: readonly number[]): OnnxNode {
  return {
    name: value,
    opType: "Constant",
    inputs: [],
    outputs: [value],
    attributes: { value_ints: numbers },
  };
}
