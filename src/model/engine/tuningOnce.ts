/**
 * @file Tiles are chosen once a device, however many ask for it, and everybody waits for the same choice.
 *
 * The timings that this takes are short jobs that need the device for themselves. They wait for their turn in the engine's
 * queue, unless the job whose turn it is waits for them: that one lends them its own.
 */

export type InTurn = <T>(job: () => Promise<T>) => Promise<T>;

export class TuningOnce {
  readonly #inQueue: InTurn;
  readonly #chosen = new WeakMap<object, Promise<void>>();
  readonly #waiting: (() => Promise<void>)[] = [];
  /** Wakes who lends its turn. */
  #onArrival: () => void = () => undefined;

  constructor(inQueue: InTurn) {
    this.#inQueue = inQueue;
  }

  /** Begins where nobody has. Ends when the choice is made, whatever comes of it. */
  begin(device: object, choose: (inTurn: InTurn) => Promise<void>): Promise<void> {
    const known = this.#chosen.get(device);
    if (known) return known;
    const chosen = choose(this.#inTurn).catch(() => undefined);
    this.#chosen.set(device, chosen);
    return chosen;
  }

  /** As `begin`, for the job whose turn it is. @throws the signal's reason. */
  async beginWithin(
    device: object,
    choose: (inTurn: InTurn) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    let isChosen = false;
    const chosen = this.begin(device, choose).then(() => {
      isChosen = true;
    });
    while (!isChosen) {
      const arrival = new Promise<void>((resolve) => {
        this.#onArrival = resolve;
      });
      await this.#runNext();
      if (this.#waiting.length === 0) await Promise.race([chosen, arrival]);
      signal.throwIfAborted();
    }
  }

  readonly #inTurn: InTurn = (job) =>
    new Promise((resolve, reject) => {
      this.#waiting.push(() => job().then(resolve, reject));
      this.#onArrival();
      void this.#inQueue(this.#runNext);
    });

  readonly #runNext = async (): Promise<void> => {
    await this.#waiting.shift()?.();
  };
}
