import { expect, it } from "vitest";
import { isMarked } from "./comparison.ts";

it("marks a field that differs, or holds one that does", () => {
  const comparison = {
    differences: new Map(),
    fields: ["imageSize", "stages[1].tokenMixer.branches.bandW", "stages[2].tokenMixer.kind"],
  };
  for (const field of ["imageSize", "stages[1].tokenMixer.branches", "stages[2].tokenMixer.kind"]) {
    expect(isMarked(comparison, field), field).toBe(true);
  }
  for (const field of [
    "image",
    "stages[1].depth",
    "stages[1].tokenMixer.kind",
    "stages[2].tokenMixer.kinds",
  ]) {
    expect(isMarked(comparison, field), field).toBe(false);
  }
});
