/**
 * @file What the test runners report, summed: tests that passed and tests that failed.
 */
import { z } from "zod";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** One a file; a file that does not load fails without a test. */
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  /** What went wrong outside of any test. */
  errors: z.array(z.unknown()),
});

/** Reads the file of vitest's `json` reporter; a file that does not load is one failure. @throws ZodError if it is none. */
export function vitestTally(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = vitestReport.parse(report);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
}

/**
 * Reads the file of Playwright's `json` reporter. A flaky test failed once and counts as failed; so does a file that does
 * not load, or a server that does not start. @throws ZodError if it is none.
 */
export function playwrightTally(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * What a runner's tally is worth, knowing how it ended. Ending in an error without a failure is one
 * failure, and so is having run no test at all.
 */
export function settled({ passed, failed }: Tally, endedWell: boolean): Tally {
  const silent = failed === 0 && (!endedWell || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}
