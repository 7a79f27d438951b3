/**
 * @file A stage as a pile of sheets, one a block; the front sheet shows the mixer's branches as stripes, each as high as
 * its share of the channels.
 */
import { memo } from "react";
import type { TokenMixer } from "../../model/mixers/table.ts";
import { type Branch, stripesOf } from "../graph/branches.ts";
import { branchesOfMixer } from "../mixers/table.ts";
import { branchColor } from "./KernelGlyph.tsx";

const sheet = { width: 30, height: 52 } as const;
/** Room for the sheets behind, and the widest step between two. */
const room = 16;
const widestStep = 4;

export interface StackGlyphProps {
  readonly depth: number;
  readonly dim: number;
  readonly mixer: TokenMixer;
}

export const StackGlyph = memo(function StackGlyph({ depth, dim, mixer }: StackGlyphProps) {
  const behind = Math.min(depth - 1, 40);
  const step = behind === 0 ? 0 : Math.min(widestStep, room / behind);
  const sheets = Array.from({ length: behind }, (_, index) => (behind - index) * step);
  return (
    <svg
      width={sheet.width + room + 2}
      height={sheet.height + room + 2}
      viewBox={`-1 ${-room - 1} ${sheet.width + room + 2} ${sheet.height + room + 2}`}
      role="img"
      aria-label={`${depth} ${depth === 1 ? "block" : "blocks"}, ${inWords(dim, mixer)}`}
      style={{ flex: "none" }}
    >
      {sheets.map((offset) => (
        <path
          key={offset}
          d={`M${offset} ${-offset}h${sheet.width}v${sheet.height}`}
          fill="none"
          stroke="var(--border-strong)"
          strokeWidth={behind > 8 ? 0.6 : 1}
        />
      ))}
      <Stripes dim={dim} mixer={mixer} width={sheet.width} height={sheet.height} />
    </svg>
  );
});

interface StripesProps {
  readonly dim: number;
  readonly mixer: TokenMixer;
  readonly width: number;
  readonly height: number;
}

/** The branches as stripes in a box, for use inside an svg. */
export function Stripes({ dim, mixer, width, height }: StripesProps) {
  const branches = branchesOfMixer(dim, mixer);
  const stripes = stripesOf(branches, height);
  return (
    <g>
      <rect width={width} height={height} rx={2} fill="var(--surface-card)" stroke="var(--border-strong)" />
      {branches.map((branch, index) => {
        const { top, size } = stripes[index] ?? { top: 0, size: 0 };
        if (size === 0) return null;
        return (
          <rect
            key={branch.module}
            y={top}
            width={width}
            height={Math.max(size - (index < branches.length - 1 && size > 3 ? 1 : 0), 0.5)}
            {...stripePaint(branch)}
          />
        );
      })}
    </g>
  );
}

/** Full for a convolution, pale for channels that pass through, an outline for a branch that is off. */
function stripePaint({ kind, state }: Branch) {
  const color = branchColor[kind];
  if (state === "off")
    return { fill: "transparent", stroke: color, strokeWidth: 0.75, strokeDasharray: "2 1.5" };
  return { fill: color, fillOpacity: kind === "passing" ? 0.35 : 1 };
}

function inWords(dim: number, mixer: TokenMixer): string {
  return branchesOfMixer(dim, mixer)
    .filter((branch) => branch.state === "on")
    .map((branch) => `${branch.name.toLowerCase()} ${branch.channels} channels`)
    .join(", ");
}
