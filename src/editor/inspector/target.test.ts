import { describe, expect, it } from "vitest";
import { presetOf } from "../../model/architecture/presets.ts";
import { targetOf } from "./target.ts";

const tiny = presetOf("inceptionnext_tiny").architecture;
const convnext = presetOf("convnext_tiny").architecture;
const names = (selection: string | undefined, architecture = tiny) =>
  targetOf(architecture, selection).trail.map(({ name }) => name);

describe("targetOf", () => {
  it("finds layers with the way to them", () => {
    const target = targetOf(tiny, "stages.2.blocks.4.token_mixer.dwconv_w");
    expect(target).toMatchObject({ kind: "layer", name: "dwconv_w", stage: 2 });
    expect(names(target.id)).toEqual(["Network", "Stage 3", "Block 5", "Token mixer"]);
  });

  it("finds modules, and both where a module is one layer", () => {
    expect(targetOf(tiny, "stages.1")).toMatchObject({ kind: "module", name: "Stage 2", stage: 1 });
    expect(targetOf(tiny, "head")).not.toHaveProperty("stage");
    const mixer = targetOf(convnext, "stages.0.0.dwconv");
    expect([mixer.kind, mixer.group?.kind, mixer.node?.op.kind]).toEqual([
      "module",
      "tokenMixer",
      "depthwiseConv2d",
    ]);
    expect(names("stages.0.0.dwconv", convnext)).toEqual(["Network", "Stage 1", "Block 1"]);
  });

  it("falls back to the network for what is not there", () => {
    expect(targetOf(tiny, undefined)).toMatchObject({ kind: "network", trail: [] });
    expect(targetOf(tiny, "stages.0.blocks.99")).toMatchObject({ kind: "network" });
    expect(targetOf(tiny, "predictions")).toMatchObject({ kind: "predictions", name: "Predictions" });
  });
});
