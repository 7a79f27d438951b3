import { expect, it } from "vitest";
import { defaultMixer, mixerKinds, mixerSchema, plainMixer, recogniseMixer } from "./table.ts";

it.each(mixerKinds)("the schema takes %s as the papers set it up", (kind) => {
  const standard = defaultMixer(kind);
  expect(mixerSchema.parse(standard)).toEqual(standard);
  expect(plainMixer(standard)).toEqual(standard);
});

it("a block without weights of a mixer is taken for an identity", () => {
  const { kind, mixer } = recogniseMixer(() => undefined);
  expect([kind, mixer(1)]).toEqual(["identity", { kind: "identity" }]);
});
