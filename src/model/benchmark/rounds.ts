/**
 * @file Runs things in turn, round by round (A B C A B C ...), and times each.
 *
 * Timed one after the other, the second would meet a warmer machine than the first; in turn, drift hits all alike.
 */

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

export interface RoundOptions {
  /** Uncounted rounds before the others. */
  readonly warmup: number;
  /** Counted rounds. */
  readonly runs: number;
  /** Ends the measurement before its next run; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after every run: the share that is done, 0 to 1, and what is running in a few words. */
  readonly onProgress?: (done: number, what: string) => void;
  /** Clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Times every runner in every round.
 * @returns Samples by name, in the runners' order.
 * @throws RangeError where two runners share a name; whatever a runner throws; the signal's reason.
 */
export async function interleave(
  runners: readonly Runner[],
  { warmup, runs, signal, onProgress, now = () => performance.now() }: RoundOptions,
): Promise<ReadonlyMap<string, Samples>> {
  const samples = new Map(
    runners.map(({ name }) => [name, { warmupMs: [] as number[], countedMs: [] as number[] }]),
  );
  if (samples.size < runners.length) throw new RangeError("Two runners share a name.");
  const rounds = warmup + runs;
  for (let round = 0; round < rounds; round++) {
    const phase = round < warmup ? "warmupMs" : "countedMs";
    const what = round < warmup ? "warming up" : `round ${round - warmup + 1} of ${runs}`;
    for (const [index, { name, run }] of runners.entries()) {
      await messages();
      signal?.throwIfAborted();
      const start = now();
      await run();
      samples.get(name)?.[phase].push(now() - start);
      onProgress?.((round * runners.length + index + 1) / (rounds * runners.length), what);
    }
  }
  return samples;
}

/** Lets messages in between runs, among them the one that cancels: a run on the CPU may never wait for anything. */
function messages(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
