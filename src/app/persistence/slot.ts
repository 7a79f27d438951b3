/** @file One value that is kept: what earlier visits left, what is stored of this one's, what other tabs make of it. */
import { type Key, nameOf, readText } from "./key.ts";
import type { Shelf } from "./shelf.ts";

export class Slot<T> {
  readonly #shelf: Shelf;
  readonly #key: Key<T>;
  /** The text that was last seen on the shelf, and its value. */
  #seen: { readonly text: string | undefined; readonly value: T };
  #value: T;
  #follow: (value: T) => void = () => undefined;
  /** Ends when all that was asked for is done. */
  #busy: Promise<unknown> | undefined;

  /** `text` is what lies on the shelf now. */
  constructor(shelf: Shelf, key: Key<T>, text: string | undefined) {
    const { value } = readText(key, text);
    this.#shelf = shelf;
    this.#key = key;
    this.#seen = { text, value };
    this.#value = value;
  }

  /** The newest value: of an earlier visit, of this one, or of another tab. */
  get value(): T {
    return this.#value;
  }

  /** Calls back when another tab has changed the value, with what both have made of it. */
  follow(tell: (value: T) => void): void {
    this.#follow = tell;
  }

  /**
   * Keeps a value, together with what another tab stored meanwhile.
   *
   * @returns What of it the browser has now, which may be less; undefined where it has nothing of it.
   */
  write(value: T): Promise<T | undefined> {
    this.#value = value;
    return this.#inTurn(async () => {
      const { part = all } = this.#key;
      for (let attempt = 0; ; attempt++) {
        let stored: T | undefined;
        const isTaken = await this.#shelf.update(nameOf(this.#key), (text) => {
          this.#look(text);
          stored = part(this.#value, attempt);
          return stored === undefined ? text : JSON.stringify(stored);
        });
        if (isTaken && stored !== undefined) this.#seen = { text: JSON.stringify(stored), value: stored };
        if (isTaken || stored === undefined) return stored;
      }
    });
  }

  /** Looks at the shelf, where another tab has put something: news of it may be older than what this tab put there since. */
  refresh(): Promise<unknown> {
    return this.#inTurn(() =>
      this.#shelf.update(nameOf(this.#key), (text) => {
        this.#look(text);
        return text;
      }),
    );
  }

  /** One after another; at once where nothing is on its way. */
  #inTurn<R>(work: () => Promise<R>): Promise<R> {
    const turn = this.#busy ? this.#busy.then(work) : work();
    this.#busy = turn;
    void turn.then(() => {
      if (this.#busy === turn) this.#busy = undefined;
    });
    return turn;
  }

  /** What cannot be read in full says nothing of what the other tab wanted. */
  #look(text: string | undefined): void {
    if (text === undefined || text === this.#seen.text) return;
    const { value, isWhole } = readText(this.#key, text);
    if (!isWhole) return;
    const merged = this.#key.merge(this.#seen.value, this.#value, value);
    this.#seen = { text, value };
    this.#value = merged;
    this.#follow(merged);
  }
}

function all<T>(value: T, attempt: number): T | undefined {
  return attempt === 0 ? value : undefined;
}
