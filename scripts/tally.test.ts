import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { playwrightTally, settled, sum, vitestTally, words } from "./tally.ts";

/**
 * For each runner two tests that pass, one that fails and one that is skipped (for vitest also one to be written), and a
 * file that does not load.
 */
const suites = join(import.meta.dirname, "fixtures/tally");
const folder = mkdtempSync(join(tmpdir(), "tally-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a runner on its suite and reads the report it writes. */
function reportOf(runner: string, args: (file: string) => readonly string[]): unknown {
  const file = join(folder, `${runner}.json`);
  const command = resolve(import.meta.dirname, "../node_modules/.bin", runner);
  // Without what the runner of this very test has set.
  const clean = Object.entries(process.env).filter(([key]) => !/^(VITEST|TEST|PLAYWRIGHT|PW)/.test(key));
  const env = { ...Object.fromEntries(clean), PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  try {
    execFileSync(command, args(file), { cwd: suites, stdio: "ignore", env });
  } catch {
    // One test fails, so the runner ends with an error; its report is what counts.
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

describe("the runners' own reports", () => {
  it("of vitest", () => {
    const report = reportOf("vitest", (file) => ["run", "--reporter=json", `--outputFile.json=${file}`]);
    expect(vitestTally(report)).toEqual({ passed: 2, failed: 2, skipped: 2 });
  });

  it("of Playwright, which runs nothing where a file does not load", () => {
    const output = `--output=${folder}/results`;
    const one = reportOf("playwright", () => ["test", "playwright.sample", "--reporter=json", output]);
    expect(playwrightTally(one)).toEqual({ passed: 2, failed: 1, skipped: 1 });
    const all = reportOf("playwright", () => ["test", "--reporter=json", output]);
    expect(playwrightTally(all)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("are refused when they are something else", () => {
    expect(() => vitestTally({})).toThrow();
    expect(() => playwrightTally({ stats: {} })).toThrow();
  });
});

describe("settled", () => {
  it("keeps an honest tally", () => {
    expect(settled({ passed: 3, failed: 0, skipped: 1 }, true)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(settled({ passed: 3, failed: 2, skipped: 0 }, false)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
    });
  });

  it("counts an error without a failed test", () => {
    expect(settled({ passed: 3, failed: 0, skipped: 0 }, false)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    });
  });

  it("counts a runner that ran nothing, or only skipped", () => {
    expect(settled({ passed: 0, failed: 0, skipped: 0 }, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(settled({ passed: 0, failed: 0, skipped: 4 }, true)).toEqual({ passed: 0, failed: 1, skipped: 4 });
  });
});

it("sums", () => {
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  expect(
    sum([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 3, failed: 0, skipped: 1 },
    ]),
  ).toEqual({ passed: 4, failed: 2, skipped: 4 });
});

it("is said as one line", () => {
  expect(words({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
  expect(words({ passed: 812, failed: 0, skipped: 0 })).toBe("812 passed, 0 failed, 0 skipped");
});
