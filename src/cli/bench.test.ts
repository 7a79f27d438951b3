import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { presetOf } from "../model/architecture/presets.ts";
import { bench } from "./bench.ts";
import { InputError } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
const atto = join(folder, "atto.json");
writeFileSync(atto, JSON.stringify(presetOf("inceptionnext_atto").architecture));
afterAll(() => rmSync(folder, { recursive: true }));

// What comes back for good input is tested end to end: it needs a browser.
it.each<readonly [what: string, args: readonly string[], message: RegExp]>([
  ["nothing to measure", [], /--architecture is missing/],
  ["a file that is missing", ["--architecture", join(folder, "none.json")], /none\.json: no such file/],
  ["a batch of nothing", ["--architecture", atto, "--batch", "0"], /--batch must be a whole number/],
  ["half a run", ["--architecture", atto, "--runs", "0.5"], /--runs must be a whole number/],
  ["words for numbers", ["--architecture", atto, "--runs", "many"], /not many/],
  ["an option without its value", ["--architecture", atto, "--backend"], /backend/],
  ["unknown kernels", ["--architecture", atto, "--kernels", "fused,fast"], /--kernels must be one of stock/],
  ["a stray word", ["--architecture", atto, "fast"], /fast/],
])("refuses %s", async (_, args, message) => {
  const error = await bench.run(args).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toMatch(message);
});
