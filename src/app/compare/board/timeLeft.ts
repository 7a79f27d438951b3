/** @file How long a task will go on, from how fast it went lately. */

/** The share that was done, 0 to 1, at a time in milliseconds. */
export interface Report {
  readonly done: number;
  readonly atMs: number;
}

/**
 * The pace is taken over at least this share: a round of several networks is then averaged over, and building and
 * warming up, which are slower, drop out.
 */
const window = 0.12;

/** Milliseconds from the last report on; undefined while too little has been done to tell. Reports in order. */
export function timeLeft(reports: readonly Report[]): number | undefined {
  const last = reports.at(-1);
  if (!last) return undefined;
  const before = reports.findLast(({ done }) => done <= last.done - window);
  if (!before) return undefined;
  const pace = (last.atMs - before.atMs) / (last.done - before.done);
  return pace * (1 - last.done);
}

/** As `about 12 s left`. */
export function timeLeftText(ms: number | undefined): string {
  if (ms === undefined) return "estimating the time left";
  const seconds = ms / 1000;
  if (seconds < 1.5) return "about 1 s left";
  if (seconds < 90) return `about ${Math.round(seconds)} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
