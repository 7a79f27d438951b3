import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import reference from "../model/analysis/fixtures/analysis.json" with { type: "json" };
import { presetOf } from "../model/architecture/presets.ts";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
const file = (name: string) => join(folder, name);
const atto = presetOf("inceptionnext_atto").architecture;
const wrongDepth = /broken\.json: stages\[2\]\.depth: Depth must be at least 1/;
const broken = { ...atto, stages: atto.stages.with(2, { ...atto.stages[2], depth: 0 }) };

beforeAll(() => {
  writeFileSync(file("atto.json"), JSON.stringify(atto));
  writeFileSync(file("broken.json"), JSON.stringify(broken));
  writeFileSync(file("text.json"), "{ not JSON");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as a person would, but for npm. */
function cli(
  args: readonly string[],
  { input, env }: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const main = join(import.meta.dirname, "main.ts");
  return spawnSync(process.execPath, ["--import", "tsx", main, ...args], {
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, ...env },
  });
}

const answerOf = ({ stdout, stderr, status }: ReturnType<typeof cli>): unknown => {
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return JSON.parse(stdout);
};

describe("analyze", () => {
  it("agrees with the official models, file by file", () => {
    const files = reference.map(({ name, architecture }) => {
      writeFileSync(file(`${name}.json`), JSON.stringify(architecture));
      return file(`${name}.json`);
    });
    const expected = reference.map(
      ({ params, macs, activations, macs_by_module, params_by_tensor }, index) => ({
        file: files[index],
        params,
        macs,
        activations,
        macs_by_module,
        params_by_tensor,
      }),
    );
    expect(answerOf(cli(["analyze", ...files]))).toEqual(expected);
  });

  it("reads standard input", () => {
    const answer = answerOf(cli(["analyze", "-"], { input: `\uFEFF${JSON.stringify(atto)}` }));
    expect(answer).toMatchObject([{ file: "-", params: 4_156_520 }]);
  });

  it("finds files from where npm was called", () => {
    const env = { npm_lifecycle_event: "cli", INIT_CWD: folder };
    expect(answerOf(cli(["analyze", "atto.json"], { env }))).toMatchObject([{ file: "atto.json" }]);
  });
});

it.each<readonly [what: string, args: readonly string[], message: RegExp]>([
  ["no command", [], /Name a command: analyze, inspect, transfer/],
  ["an unknown command", ["draw"], /no command draw/],
  ["no file", ["analyze"], /at least one/],
  ["a file that is missing", ["analyze", file("none.json")], /none\.json: no such file/],
  ["text that is no JSON", ["analyze", file("text.json")], /text\.json: Not JSON/],
  ["one wrong file of two", ["analyze", file("atto.json"), file("broken.json")], wrongDepth],
  ["a checkpoint that is none", ["inspect", file("atto.json")], /atto\.json: The file is neither/],
  [
    "a picture's share that is none",
    ["preprocess", "--input", "x.png", "--image-size", "9", "--crop-pct", "-1", "--output", "y.png"],
    /--crop-pct/,
  ],
  ["an unknown option", ["analyze", "--fast", file("atto.json")], /--fast/],
  [
    "an unknown backend",
    ["bench", "--architecture", file("atto.json"), "--backend", "webgl"],
    /auto, webgpu/,
  ],
])("bad input is told in one line and by exit code 2: %s", (_, args, message) => {
  const { stdout, stderr, status } = cli(args);
  expect(stdout).toBe("");
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(status).toBe(2);
});

it("explains itself", () => {
  const { stdout, stderr, status } = cli(["analyze", "--help"]);
  expect(stdout).toMatch(/^Usage: npm run -s cli -- analyze FILE/);
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});
