import { describe, expect, it } from "vitest";
import { defaultMixer } from "../mixers/table.ts";
import { edit, editByPath } from "./edits.ts";
import { presetOf } from "./presets.ts";
import type { Architecture } from "./schema.ts";

const atto = presetOf("inceptionnext_atto").architecture;

function edited(...[path, value]: [Parameters<typeof edit>[1], unknown]): Architecture {
  const result = edit(atto, path, value);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

describe("edit", () => {
  it("changes one stage and shares the rest", () => {
    const result = edited("stages[2].depth", 4);
    expect(result.stages.map((stage) => stage.depth)).toEqual([2, 2, 4, 2]);
    expect(atto.stages[2].depth).toBe(6);
  });

  it("changes every stage that has the field, and no other", () => {
    const mixed = edited("stages[3].tokenMixer", defaultMixer("identity"));
    const result = edit(mixed, "stages[*].tokenMixer.bandKernelSize", 21);
    expect(result.ok && result.value.stages.map(({ tokenMixer }) => tokenMixer)).toEqual([
      ...Array(3).fill({ ...atto.stages[0].tokenMixer, bandKernelSize: 21 }),
      { kind: "identity" },
    ]);
  });

  it("sets and removes what is optional", () => {
    const branches = { square: true, bandW: false, bandH: true };
    const withOff = edited("stages[0].tokenMixer.branches", branches);
    expect(withOff.stages[0].tokenMixer).toMatchObject({ branches });
    const back = edit(withOff, "stages[0].tokenMixer.branches", undefined);
    expect(back.ok && back.value).toEqual(atto);
    expect(edited("name", undefined).name).toBeUndefined();
  });

  it.each([
    "stages[7].depth",
    "stages[0].tokenMixer.kernelSize",
    "nonsense",
    "__proto__.x",
    "stages[0].branches",
  ])("says that %s is no field here", (path) => {
    const result = editByPath(atto, path, 3);
    expect(result.ok ? "" : result.issues[0]?.message).toContain(path);
  });
});
