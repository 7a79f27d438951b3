/** @file A network as a small picture: one block a stage, as wide as it is deep, as tall as it has channels. */
import type { Branch, BranchKind } from "../../editor/graph/branches.ts";
import { branchesOfMixer } from "../../editor/mixers/table.ts";
import type { Stage } from "../../model/architecture/schema.ts";
import type { TokenMixer } from "../../model/mixers/table.ts";

/** What of a stage is drawn. */
export interface GlyphStage extends Pick<Stage, "depth" | "dim"> {
  /** Without one, the stage has the colour of what no branch touches. */
  readonly tokenMixer?: TokenMixer;
}

/** One rectangle; its colour is that of a mixer's branch. */
export interface GlyphPart {
  readonly id: string;
  readonly branch: BranchKind;
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

/** What passes through stands first, in one piece. */
function sharesOf({
  dim,
  tokenMixer,
}: GlyphStage): readonly { readonly branch: BranchKind; readonly channels: number }[] {
  const branches = tokenMixer ? branchesOfMixer(dim, tokenMixer) : [];
  const mixing = branches.filter(isMixing);
  const rest = mixing.reduce((left, { channels }) => left - channels, dim);
  return [
    { branch: "passing", channels: rest },
    ...mixing.map(({ kind, channels }) => ({ branch: kind, channels })),
  ];
}

function isMixing({ kind, state }: Branch): boolean {
  return kind !== "passing" && state === "on";
}
