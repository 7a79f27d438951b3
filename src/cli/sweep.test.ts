import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { presetOf } from "../model/architecture/presets.ts";
import { InputError } from "./command.ts";
import { sweep } from "./sweep.ts";

const folder = mkdtempSync(join(tmpdir(), "sweep-"));
const atto = join(folder, "atto.json");
writeFileSync(atto, JSON.stringify(presetOf("inceptionnext_atto").architecture));
afterAll(() => rmSync(folder, { recursive: true }));

const given = (...fields: readonly string[]) => [
  ...["--architecture", atto],
  ...fields.flatMap((field) => ["--field", field]),
];

// What comes back for good input is tested end to end: it needs a browser.
it.each<readonly [what: string, args: readonly string[], message: RegExp]>([
  ["no field", given(), /--field is missing/],
  ["no architecture", ["--field", "imageSize=32"], /--architecture is missing/],
  ["a field without values", given("imageSize"), /--field imageSize: .*path=values/],
  ["values that are none", given("imageSize=32,large"), /large is not a number/],
  ["a field that there is not", given("stages[*].width=3"), /No such field here: stages\[\*\]\.width/],
  ["values of which none is possible", given("stages[0].depth=0"), /Depth must be at least 1/],
  ["a field twice", given("imageSize=32", "imageSize=64"), /once only/],
  ["too many points", given("numClasses=1..1000", "imageSize=32..62"), /31000 points/],
  ["a batch of nothing", [...given("imageSize=32"), "--batch", "0"], /--batch must be a whole number/],
])("refuses %s", async (_, args, message) => {
  const error = await sweep.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});
