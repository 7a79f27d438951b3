import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultMixer, mixerKinds } from "../../model/mixers/table.ts";
import { branchesOfMixer, knobsOfMixer, mixerSweeps } from "./table.ts";

const root = join(import.meta.dirname, "../..");

/** Networks as data. Fixtures are data as well. */
const data = ["model/architecture/presets.ts", "model/runtime/variants.ts"];

/** Programs of this name convolve whatever mixer asks for it; they know of no mixer. */
const programs = /^model\/(kernels|runtime|graph\/passes)\//;

const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.tsx?$/.test(name) && !/\.(test|testing)\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

/** A value of the kind, a comparison with it, a call for it, or a key of its name; the last is also an ordinary word for an identity. */
function naming(kind: string): readonly string[] {
  const literal = `["'\`]${kind}["'\`]`;
  const key = kind === "identity" ? "" : `|(^|[{,])\\s*${kind}:`;
  const pattern = new RegExp(`(\\bkind\\s*:.*|(case|===|!==)\\s*|[mM]ixer\\w*\\()${literal}${key}`, "m");
  return sources
    .filter(({ name }) => !data.includes(name) && !(kind === "depthwise" && programs.test(name)))
    .filter(({ text }) => pattern.test(text))
    .map(({ name }) => name.replace(/\.tsx?$/, ""));
}

describe.each(mixerKinds)("the mixer %s", (kind) => {
  it("is named in its own two files and the two tables alone", () => {
    const own = ["editor", "model"].flatMap((part) => [`${part}/mixers/${kind}`, `${part}/mixers/table`]);
    const named = naming(kind);
    expect(named.filter((name) => !own.includes(name))).toEqual([]);
    expect(named).toContain(`model/mixers/${kind}`);
  });

  it("is drawn with all of its channels, and every field that it has can be turned and swept", () => {
    const mixer = defaultMixer(kind);
    const branches = branchesOfMixer(96, mixer);
    expect(branches.reduce((sum, { channels }) => sum + channels, 0)).toBe(96);
    const knobs = knobsOfMixer(mixer).map(({ field }) => field);
    const swept = mixerSweeps.map(({ field }) => field);
    for (const field of Object.keys(mixer).filter((key) => key !== "kind")) {
      expect(knobs).toContain(field);
      expect(swept).toContain(field);
    }
  });
});
