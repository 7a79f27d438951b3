import { expect, it } from "vitest";
import { presetOf } from "../../../model/architecture/presets.ts";
import { attoArchitecture } from "../../engine/fakeEngine.testing.ts";
import { rivalOf } from "./rival.ts";

it("compares a network with itself under the other mixer", () => {
  const rival = rivalOf(attoArchitecture);
  expect(rival.stages.map(({ tokenMixer }) => tokenMixer.kind)).toEqual(Array(4).fill("depthwise"));
  expect(rival).toMatchObject({ name: "InceptionNeXt-A, 7 × 7 depthwise", norm: "batchnorm" });
  const back = rivalOf(presetOf("convnext_tiny").architecture);
  expect(back.stages[0].tokenMixer).toMatchObject({ kind: "inception", bandKernelSize: 11 });
});
