/** @file Runs jobs one after the other; a long one can let short ones in. */

/**
 * `between`: short, and may come in between the steps of a job that lets it in; `alone`: waits until all before it ended;
 * `unhurried`: as `alone`, but those of `between` that come later may overtake it.
 */
export type Turn = "alone" | "between" | "unhurried";

interface Waiting {
  readonly turn: Turn;
  /** Never rejects. */
  readonly run: () => Promise<void>;
}

/**
 * Before each job, messages that are waiting are let in: a newer request is then known before an older one starts.
 */
export class SerialQueue {
  readonly #waiting: Waiting[] = [];
  #isRunning = false;

  run<T>(job: () => Promise<T>, turn: Turn = "alone"): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ turn, run: () => job().then(resolve, reject) });
      if (!this.#isRunning) void this.#runAll();
    });
  }

  /**
   * For the job that is running: lets those in that are waiting and may come in between, up to the first that may not.
   * @returns Whether there was any.
   */
  async letOthersIn(): Promise<boolean> {
    await letMessagesIn();
    const alone = this.#waiting.findIndex(({ turn }) => turn === "alone");
    const before = this.#waiting.splice(0, alone < 0 ? this.#waiting.length : alone);
    this.#waiting.unshift(...before.filter(({ turn }) => turn === "unhurried"));
    const guests = before.filter(({ turn }) => turn === "between");
    for (const { run } of guests) await run();
    return guests.length > 0;
  }

  async #runAll(): Promise<void> {
    this.#isRunning = true;
    for (;;) {
      await letMessagesIn();
      const next = this.#waiting.shift();
      if (!next) break;
      await next.run();
    }
    this.#isRunning = false;
  }
}

/** Ends in a later task of the event loop. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
