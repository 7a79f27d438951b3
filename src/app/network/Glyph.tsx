/** @file Draws a network's glyph. */
import { branchColor } from "../../editor/nodes/KernelGlyph.tsx";
import { type GlyphStage, glyphOf, glyphSize } from "./glyph.ts";

export function Glyph({ stages }: { readonly stages: readonly GlyphStage[] }) {
  const { width, height } = glyphSize;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {glyphOf(stages).map(({ id, branch, ...place }) => (
        <rect key={id} {...place} fill={branchColor[branch]} />
      ))}
    </svg>
  );
}
