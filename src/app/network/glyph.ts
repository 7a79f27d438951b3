/** @file A network as a small picture: one block a stage, as wide as it is deep, as tall as it has channels. */
import { branchChannels, type Stage } from "../../model/architecture/schema.ts";
import { inceptionBranches } from "../../model/graph/tokenMixer.ts";

/** What of a stage is drawn. */
export type GlyphStage = Pick<Stage, "depth" | "dim" | "tokenMixer">;

/** One rectangle; its colour is that of a mixer's branch. */
export interface GlyphPart {
  readonly id: string;
  readonly branch: "identity" | "square" | "band-w" | "band-h";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size of the picture, in its own units. */
export const glyphSize = { width: 56, height: 30 } as const;

const gap = 2;

/** The channels of the widest preset stand for the full height. */
const fullDim = 1024;

const colours = {
  identity: "identity",
  dwconv_hw: "square",
  dwconv_w: "band-w",
  dwconv_h: "band-h",
} as const satisfies Record<string, GlyphPart["branch"]>;

/** Depth and channels are drawn by their square roots: the differences are large. */
export function glyphOf(stages: readonly GlyphStage[]): readonly GlyphPart[] {
  const weights = stages.map(({ depth }) => Math.sqrt(depth));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const room = glyphSize.width - gap * (stages.length - 1);
  let x = 0;
  return stages.flatMap((stage, index) => {
    const width = (room * (weights[index] ?? 0)) / total;
    const height = Math.min(1, Math.sqrt(stage.dim / fullDim)) * glyphSize.height;
    const parts = partsOf(stage, index, { x, width, height });
    x += width + gap;
    return parts;
  });
}

function partsOf(
  stage: GlyphStage,
  index: number,
  { x, width, height }: { readonly x: number; readonly width: number; readonly height: number },
): readonly GlyphPart[] {
  let y = glyphSize.height - height;
  return sharesOf(stage)
    .filter(({ channels }) => channels > 0)
    .map(({ branch, channels }) => {
      const part = { id: `${index}.${branch}`, branch, x, y, width, height: (height * channels) / stage.dim };
      y += part.height;
      return part;
    });
}

function sharesOf({
  dim,
  tokenMixer,
}: GlyphStage): readonly { readonly branch: GlyphPart["branch"]; readonly channels: number }[] {
  switch (tokenMixer.kind) {
    case "inception": {
      const branches = inceptionBranches(dim, tokenMixer);
      const passing = branches.filter((branch) => !branch.kernelSize);
      const convolved = branches.filter((branch) => branch.kernelSize);
      const identity = passing.reduce((sum, { count }) => sum + count, 0);
      return [
        { branch: "identity", channels: identity },
        ...convolved.map(({ name, count }) => ({ branch: colours[name], channels: count })),
      ];
    }
    case "depthwise": {
      const channels = branchChannels(dim, tokenMixer.convRatio);
      return [
        { branch: "identity", channels: dim - channels },
        { branch: "square", channels },
      ];
    }
    case "identity":
      return [{ branch: "identity", channels: dim }];
    default:
      return tokenMixer satisfies never;
  }
}
