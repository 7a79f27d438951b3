/** @file A branch as a picture: the cells that its kernel covers, or an arrow where channels pass through. */
import type { Branch } from "../graph/branches.ts";

export const branchColor: Readonly<Record<Branch["kind"], string>> = {
  passing: "var(--branch-identity)",
  square: "var(--branch-square)",
  bandW: "var(--branch-band-w)",
  bandH: "var(--branch-band-h)",
  average: "var(--branch-average)",
};

/** Cells of the picture in each direction; larger kernels are drawn with this many. */
const mostCells = 11;

export interface KernelGlyphProps {
  readonly branch: Pick<Branch, "kind" | "kernel" | "state">;
  /** Side in pixels. */
  readonly size: number;
}

export function KernelGlyph({ branch, size }: KernelGlyphProps) {
  const color = branch.state === "on" ? branchColor[branch.kind] : "var(--text-tertiary)";
  return (
    <svg width={size} height={size} viewBox="-12 -12 24 24" aria-hidden="true" style={{ flex: "none" }}>
      {branch.state === "on" && branch.kernel ? (
        <Cells height={branch.kernel[0]} width={branch.kernel[1]} color={color} />
      ) : branch.state === "absent" ? (
        <rect x={-7} y={-7} width={14} height={14} rx={2} fill="none" stroke={color} strokeDasharray="3 2" />
      ) : (
        <path
          d="M-9 0H8M3.5 -4.5L8 0L3.5 4.5"
          fill="none"
          stroke={color}
          strokeWidth={1.75}
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}

function Cells({
  height,
  width,
  color,
}: {
  readonly height: number;
  readonly width: number;
  readonly color: string;
}) {
  const rows = Math.min(height, mostCells);
  const columns = Math.min(width, mostCells);
  const pitch = Math.min(5, 23 / Math.max(rows, columns));
  const cell = pitch * 0.8;
  const cells = Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    return {
      key: index,
      x: ((index % columns) - (columns - 1) / 2) * pitch - cell / 2,
      y: (row - (rows - 1) / 2) * pitch - cell / 2,
    };
  });
  return (
    <g fill={color}>
      {cells.map(({ key, x, y }) => (
        <rect key={key} x={x} y={y} width={cell} height={cell} rx={cell / 6} />
      ))}
    </g>
  );
}
