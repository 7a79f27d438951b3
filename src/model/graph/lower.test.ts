import { expect, it } from "vitest";
import { edit } from "../architecture/edits.ts";
import { presetOf } from "../architecture/presets.ts";
import { defaultMixer, mixerKinds } from "../mixers/table.ts";
import { lower } from "./lower.ts";

it.each(mixerKinds)("a %s mixer gives maps of the shape that it takes", (kind) => {
  const atto = presetOf("inceptionnext_atto").architecture;
  const edited = edit(atto, "stages[*].tokenMixer", defaultMixer(kind));
  if (!edited.ok) throw new Error(JSON.stringify(edited.issues));
  const { groups, nodes } = lower(edited.value);
  const outputs = new Map(nodes.map(({ id, output }) => [id, output]));
  const mixers = groups.filter((group) => group.kind === "tokenMixer");
  expect(mixers).toHaveLength(12);
  for (const { output, stage = 0 } of mixers) {
    const side = 56 / 2 ** stage;
    expect(outputs.get(output)).toEqual([atto.stages[stage]?.dim, side, side]);
  }
});
