/**
 * @file Things on the device that were made from weights, uploaded once.
 *
 * A thing is known by the identity of what it was made from: while some network holds it, another that asks for the same
 * gets the one that is there. So a rebuild uploads only what changed.
 */

interface Entry<T> {
  readonly resource: T;
  holders: number;
}

/** What one network holds; releasing it frees what no other network holds. */
export interface Lease<T> {
  /** The thing of this identity, which says both the sources and the form. Made by `make` unless it is there. */
  get(identity: string, make: () => T): T;
  readonly uploaded: number;
  readonly reused: number;
  release(): void;
}

export class Leases<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #free: (resource: T) => void;

  constructor(free: (resource: T) => void) {
    this.#free = free;
  }

  /** Everything that is held now. */
  resources(): readonly T[] {
    return [...this.#entries.values()].map(({ resource }) => resource);
  }

  lease(): Lease<T> {
    const held: string[] = [];
    let uploaded = 0;
    let reused = 0;
    return {
      get: (identity, make) => {
        let entry = this.#entries.get(identity);
        if (entry) {
          reused += 1;
        } else {
          uploaded += 1;
          entry = { resource: make(), holders: 0 };
          this.#entries.set(identity, entry);
        }
        entry.holders += 1;
        held.push(identity);
        return entry.resource;
      },
      get uploaded() {
        return uploaded;
      },
      get reused() {
        return reused;
      },
      release: () => {
        for (const identity of held.splice(0)) this.#release(identity);
      },
    };
  }

  #release(identity: string): void {
    const entry = this.#entries.get(identity);
    if (!entry) return;
    entry.holders -= 1;
    if (entry.holders > 0) return;
    this.#entries.delete(identity);
    this.#free(entry.resource);
  }
}
