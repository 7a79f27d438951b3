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
  async write(value: T): Promise<T | undefined> {
    this.#value = value;
    const { part = all } = this.#key;
    for (let attempt = 0; ; attempt++) {
      let stored: T | undefined;
      const isTaken = await this.#shelf.update(nameOf(this.#key), (text) => {
        this.#look(text);
        stored = part(this.#value, attempt);
        const next = stored === undefined ? undefined : JSON.stringify(stored);
        return next ?? text;
      });
      if (stored === undefined) return undefined;
      if (isTaken) {
        this.#seen = { text: JSON.stringify(stored), value: stored };
        return stored;
      }
    }
  }

  /** Looks at the shelf, where another tab has put something: news of it may be older than what this tab put there since. */
  async refresh(): Promise<void> {
    await this.#shelf.update(nameOf(this.#key), (text) => {
      this.#look(text);
      return text;
    });
  }

  #look(text: string | undefined): void {
    if (text !== undefined && text !== this.#seen.text) this.#merge(text);
  }

  /** What cannot be read in full says nothing of what the other tab wanted. */
  #merge(text: string): void {
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
