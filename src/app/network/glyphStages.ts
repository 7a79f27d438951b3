/** @file The stages that a network's glyph draws; those of a fixed network are read from its graph. */
import { type AnyNetwork, graphOf, isFixed } from "../../model/graph/network.ts";
import type { GlyphStage } from "./glyph.ts";

/** Dense convolutions have no branches, so a fixed network is drawn in the colour of what no branch touches. */
export function glyphStagesOf(network: AnyNetwork): readonly GlyphStage[] {
  if (!isFixed(network)) return network.stages;
  const { groups, nodes } = graphOf(network);
  const channels = new Map(nodes.map(({ id, output }) => [id, output[0]]));
  return groups
    .filter(({ kind }) => kind === "stage")
    .map(({ stage, output }) => ({
      depth: groups.filter((group) => group.kind === "block" && group.stage === stage).length,
      dim: channels.get(output) ?? 0,
    }));
}
