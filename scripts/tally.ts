/**
 * @file What the test runners report, summed: tests that passed and tests that failed.
 */
import { z } from "zod";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Reads the file of vitest's `json` reporter. @throws ZodError if it is none. */
export function vitestTally(report: unknown): Tally {
  const { numPassedTests, numFailedTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests };
}

/** Reads the file of Playwright's `json` reporter; a flaky test failed once and counts as failed. @throws ZodError */
export function playwrightTally(report: unknown): Tally {
  const { expected, unexpected, flaky } = playwrightReport.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * What a runner's tally is worth, knowing how it ended. Ending in an error without a failed test (a file that does not
 * load, a server that does not start) is one failure, and so is having run no test at all.
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
