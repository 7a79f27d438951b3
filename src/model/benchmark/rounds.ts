/**
 * @file Runs things in turn, round by round (A B C A B C ...), and times each.
 *
 * Timed one after the other, the second would meet a warmer machine than the first; in turn, drift hits all alike.
 */
import { median } from "./statistics.ts";
import type { Visibility } from "./visibility.ts";

/** What is timed: `run` ends when its result is there. Names are unique. */
export interface Runner {
  readonly name: string;
  run(): Promise<void>;
}

/** Milliseconds of one runner, in order. */
export interface Samples {
  /** Uncounted rounds; the first is the runner's very first run, compiling included. */
  readonly warmupMs: readonly number[];
  readonly countedMs: readonly number[];
}

/** Why a round was thrown out. */
export type Disturbance = "hidden" | "busy";

/**
 * Throws out the counted rounds that cannot be believed, and runs others in their place, at most as many as were asked for:
 * - `hidden`: the page was hidden at some moment of the round. The next one waits until it is seen again;
 * - `busy`: after a run, the timer that comes within a few milliseconds took more than 50 ms and ten times its usual time, so
 *   something else had the thread; or every runner took more than three times the median of its last rounds, so the machine
 *   was slowed down. The latter needs three rounds before it and two runners: one alone may be slow by itself.
 */
export interface Watch {
  readonly visibility: Visibility;
  readonly onDiscard: (why: Disturbance) => void;
}

/** Rounds and pauses that "usual" is taken from. */
const remembered = 50;
const late = { ms: 50, timesUsual: 10 };
/** However often others want to come in, most of the time is the measurement's. */
const betweenVisitsMs = 500;
const slow = { timesUsual: 3, roundsBefore: 3, runners: 2 };

export interface RoundOptions {
  /** Uncounted rounds before the others. */
  readonly warmup: number;
  /** Counted rounds. */
  readonly runs: number;
  /** Ends the measurement before its next run; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Told before the first uncounted run, which may take long, and after every run: the share that is done, 0 to 1, and what
   * is running in a few words.
   */
  readonly onProgress?: (done: number, what: string) => void;
  /** Counts every round where absent. */
  readonly watch?: Watch;
  /**
   * Lets other work in between two counted rounds, at most twice a second, and says whether there was any. The round after it
   * is run twice and counted once, for it would meet caches that the work has emptied.
   */
  readonly letOthersIn?: () => Promise<boolean>;
  /** Clock in milliseconds. */
  readonly now?: () => number;
  /** Lets messages in between runs, among them the one that cancels: a run on the CPU may never wait for anything. */
  readonly pause?: () => Promise<void>;
}

/**
 * Times every runner in every round.
 * @returns Samples by name, in the runners' order; with a watch, fewer than asked for where too many rounds were disturbed.
 * @throws RangeError where two runners share a name; whatever a runner throws; the signal's reason.
 */
export async function interleave(
  runners: readonly Runner[],
  options: RoundOptions,
): Promise<ReadonlyMap<string, Samples>> {
  const {
    warmup,
    runs,
    signal,
    onProgress,
    watch,
    letOthersIn,
    now = () => performance.now(),
    pause = nextTask,
  } = options;
  const samples = new Map(
    runners.map(({ name }) => [name, { warmupMs: [] as number[], countedMs: [] as number[] }]),
  );
  if (samples.size < runners.length) throw new RangeError("Two runners share a name.");
  const series = [...samples.values()];
  const pauses = new Pauses(now, pause);
  if (warmup > 0) onProgress?.(0, "warming up");
  await pauses.take();

  /** Share that is done when so many rounds are, and so many runs of the next. */
  const shareOf = (rounds: number, ran = 0) => (rounds + ran / runners.length) / (warmup + runs);
  /** Times of one round, in the runners' order. */
  const timeRound = async (before: number, what: string): Promise<readonly number[]> => {
    const times: number[] = [];
    for (const { run } of runners) {
      signal?.throwIfAborted();
      const start = now();
      await run();
      times.push(now() - start);
      onProgress?.(shareOf(before, times.length), what);
      await pauses.take();
    }
    return times;
  };

  for (let round = 0; round < warmup; round++) {
    const times = await timeRound(round, "warming up");
    for (const [index, { warmupMs }] of series.entries()) warmupMs.push(times[index] ?? 0);
  }
  let letInAt = Number.NEGATIVE_INFINITY;
  for (let counted = 0, extra = 0; counted < runs && extra <= runs; ) {
    if (letOthersIn && now() - letInAt >= betweenVisitsMs) {
      if (await letOthersIn()) await timeRound(warmup + counted, "warming up again");
      letInAt = now();
    }
    if (watch?.visibility.isHidden)
      onProgress?.(shareOf(warmup + counted), "waiting for the page to be seen");
    await watch?.visibility.seen(signal);
    watch?.visibility.takeHidden();
    pauses.takeLate();
    const times = await timeRound(warmup + counted, `round ${counted + 1} of ${runs}`);
    const isBusy = pauses.takeLate() || isSlow(times, series);
    const disturbance = watch?.visibility.takeHidden() ? "hidden" : isBusy ? "busy" : undefined;
    if (watch && disturbance) {
      watch.onDiscard(disturbance);
      extra += 1;
      continue;
    }
    for (const [index, { countedMs }] of series.entries()) countedMs.push(times[index] ?? 0);
    counted += 1;
  }
  return samples;
}

function isSlow(times: readonly number[], before: readonly Samples[]): boolean {
  const isEnough =
    before.length >= slow.runners && before.every(({ countedMs }) => countedMs.length >= slow.roundsBefore);
  const usual = ({ countedMs }: Samples) => median(countedMs.slice(-remembered));
  return isEnough && before.every((one, index) => (times[index] ?? 0) > slow.timesUsual * usual(one));
}

/** The pauses between runs, and whether one of them was far too long. */
class Pauses {
  readonly #now: () => number;
  readonly #pause: () => Promise<void>;
  #last: readonly number[] = [];
  #wasLate = false;

  constructor(now: () => number, pause: () => Promise<void>) {
    this.#now = now;
    this.#pause = pause;
  }

  async take(): Promise<void> {
    const start = this.#now();
    await this.#pause();
    const ms = this.#now() - start;
    this.#last = [...this.#last, ms].slice(-remembered);
    if (ms > late.ms && ms > late.timesUsual * median(this.#last)) this.#wasLate = true;
  }

  /** Whether one was late since this was last asked. */
  takeLate(): boolean {
    const was = this.#wasLate;
    this.#wasLate = false;
    return was;
  }
}

/** Ends in a later task of the event loop. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
