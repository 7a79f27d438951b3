/**
 * @file `npm test`: types, lint, unit tests, GPU tests, end-to-end tests and the size of the build, one after the other.
 *
 * All of them run though one fails. The last line sums them up: `N passed, N failed, N skipped`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./install.ts";
import { playwrightTally, settled, sum, type Tally, vitestTally, words } from "./tally.ts";

/** Runs the script `test:<name>` of package.json. */
interface Check {
  readonly name: string;
  readonly needsBrowser?: boolean;
  /** How its tests are counted, from a report that it writes to `file`. Without, the check counts as one test. */
  readonly report?: {
    readonly args: (file: string) => readonly string[];
    readonly read: (report: unknown) => Tally;
  };
}

const vitest = {
  args: (file: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
  read: vitestTally,
};
/** Where Playwright's report goes is set by an environment variable. */
const playwright = { args: () => ["--reporter=list,json"], read: playwrightTally };

const checks: readonly Check[] = [
  { name: "types" },
  { name: "lint" },
  { name: "unit", report: vitest },
  { name: "gpu", report: vitest, needsBrowser: true },
  { name: "e2e", report: playwright, needsBrowser: true },
  // Last: it weighs what the end-to-end tests built.
  { name: "size" },
];

/** What a check counts that could not run, or ended without a report. */
const failure: Tally = { passed: 0, failed: 1, skipped: 0 };

const folder = mkdtempSync(join(tmpdir(), "test-"));
const browser = browserToTestIn();
const tallies = checks.map((check) => {
  console.log(`\n── ${check.name} ──`);
  const tally = check.needsBrowser && !browser ? failure : run(check);
  console.log(`${check.name}: ${words(tally)}`);
  return tally;
});
rmSync(folder, { recursive: true });
const total = sum(tallies);
console.log(`\n${words(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Runs one check with its output streamed. */
function run({ name, report }: Check): Tally {
  const file = join(folder, `${name}.json`);
  const args = ["run", "--silent", `test:${name}`, ...(report ? ["--", ...report.args(file)] : [])];
  const { status } = spawnSync("npm", args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...(browser && { CHROME_PATH: browser }), PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    // npm is a batch file on Windows.
    shell: process.platform === "win32",
  });
  const endedWell = status === 0;
  if (!report) return endedWell ? { passed: 1, failed: 0, skipped: 0 } : failure;
  try {
    return settled(report.read(JSON.parse(readFileSync(file, "utf8"))), endedWell);
  } catch {
    console.error(`${name} ended without a report.`);
    return failure;
  }
}

/** The browser to test in; where there is none and none can be had, it says so and what needs one fails. */
function browserToTestIn(): string | undefined {
  try {
    return ensureBrowser();
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}
