/** @file Ends a request when nothing comes for a while, or when the caller aborts. */

/** One a request. */
export class Watchdog {
  expired = false;
  readonly #controller = new AbortController();
  readonly #stall: number;
  readonly #outer: AbortSignal | undefined;
  readonly #onAbort = () => this.#controller.abort();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(stall: number, outer: AbortSignal | undefined) {
    this.#stall = stall;
    this.#outer = outer;
    outer?.addEventListener("abort", this.#onAbort);
    this.reset();
  }

  /** For the request. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came: the wait begins again. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.expired = true;
      this.#controller.abort();
    }, this.#stall);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#onAbort);
    // Frees the connection where the body was not read to its end.
    this.#controller.abort();
  }
}
