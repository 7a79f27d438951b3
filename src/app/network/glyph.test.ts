import { describe, expect, it } from "vitest";
import { presetOf, presets } from "../../model/architecture/presets.ts";
import { glyphOf, glyphSize } from "./glyph.ts";

const glyph = (id: string) => glyphOf(presetOf(id).architecture.stages);
const branches = (id: string) => [...new Set(glyph(id).map((part) => part.branch))];

describe("a network's glyph", () => {
  it.each(presets)("of $id stays in its frame and fills its width", ({ id }) => {
    const parts = glyph(id);
    for (const { x, y, width, height } of parts) {
      expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(-1e-9);
      expect(x + width).toBeLessThanOrEqual(glyphSize.width + 1e-9);
      expect(y + height).toBeLessThanOrEqual(glyphSize.height + 1e-9);
    }
    const right = Math.max(...parts.map(({ x, width }) => x + width));
    expect(right).toBeCloseTo(glyphSize.width);
  });

  it("shows which branches mix", () => {
    expect(branches("inceptionnext_tiny")).toEqual(["passing", "square", "bandW", "bandH"]);
    expect(branches("convnext_tiny")).toEqual(["square"]);
    expect(branches("convnext_tiny_k3_par1_4")).toEqual(["passing", "square"]);
    expect(branches("metanext_tiny_identity")).toEqual(["passing"]);
  });

  it("gives a branch as much height as it has channels", () => {
    const [identity, square] = glyph("inceptionnext_tiny");
    expect((identity?.height ?? 0) / (square?.height ?? 1)).toBeCloseTo((96 - 36) / 12);
  });

  it("counts a branch that is off to what passes through", () => {
    const [first] = presetOf("inceptionnext_tiny").architecture.stages;
    if (first.tokenMixer.kind !== "inception") throw new Error("Not an Inception mixer.");
    const branches = { square: false, bandW: true, bandH: true };
    const parts = glyphOf([{ ...first, tokenMixer: { ...first.tokenMixer, branches } }]);
    expect(parts.map((part) => part.branch)).toEqual(["passing", "bandW", "bandH"]);
  });
});
