/**
 * @file What the test runners report, summed: tests that passed, that failed and that were skipped.
 */
import { z } from "zod";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Not run on purpose, or still to be written: nothing is known of these. */
  readonly skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  /** One a file; a file that does not load fails without a test. */
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  /** What went wrong outside of any test. */
  errors: z.array(z.unknown()),
});

/** Reads the file of vitest's `json` reporter; a file that does not load is one failure. @throws ZodError if it is none. */
export function vitestTally(report: unknown): Tally {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    vitestReport.parse(report);
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + unloaded.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * Reads the file of Playwright's `json` reporter. A flaky test failed once and counts as failed; so does a file that does
 * not load, or a server that does not start. @throws ZodError if it is none.
 */
export function playwrightTally(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * What a runner's tally is worth, knowing how it ended. Ending in an error without a failure is one
 * failure, and so is having run no test at all.
 */
export function settled({ passed, failed, skipped }: Tally, endedWell: boolean): Tally {
  const silent = failed === 0 && (!endedWell || passed === 0);
  return { passed, failed: silent ? 1 : failed, skipped };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
  };
}

/** The tally as one line. */
export function words({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
