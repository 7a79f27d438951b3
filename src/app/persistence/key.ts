/** @file What is kept, each under a name and in a form of its own. */

/** What became of a stored value. */
export interface Reading<T> {
  readonly value: T;
  /** Whether nothing of it was left out because it could not be read. */
  readonly isWhole: boolean;
}

export interface Key<T> {
  /** As `board`. */
  readonly name: string;
  /** Of the form; a value of another version lies under another name, where the app of that version finds it. */
  readonly version: number;
  /** Names, without a version, under which values of this form lay before. */
  readonly formerly?: readonly string[];
  /** For the person, as `the board`. */
  readonly what: string;
  /** Any JSON value at all as one of this form; undefined where nothing was stored. Never throws. */
  readonly parse: (stored: unknown) => Reading<T>;
  /** Both changes that two tabs made to `base`, in one value; where they changed the same, `mine` holds. */
  readonly merge: (base: T, mine: T, theirs: T) => T;
  /**
   * What of a value is stored, less with every `attempt` that the browser refused, from 0; undefined gives up. Without it,
   * all or nothing.
   */
  readonly part?: (value: T, attempt: number) => T | undefined;
}

export function nameOf({ name, version }: Pick<Key<unknown>, "name" | "version">): string {
  return `${name}.${version}`;
}

/** A stored text as a value. Never throws. */
export function readText<T>({ parse }: Pick<Key<T>, "parse">, text: string | undefined): Reading<T> {
  if (text === undefined) return parse(undefined);
  try {
    return parse(JSON.parse(text));
  } catch {
    return { ...parse(undefined), isWhole: false };
  }
}
