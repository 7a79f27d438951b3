/** @file Runs jobs one after the other. */

/**
 * Before each job, messages that are waiting are let in: a newer request is then known before an older one starts.
 */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#last.then(letMessagesIn).then(job);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Ends in a later task of the event loop. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
