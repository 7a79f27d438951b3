/**
 * @file What the browser keeps from one visit to the next. All of it is read when a visit begins and then at hand at once;
 * writing goes on in the background. What cannot be read is set aside, never destroyed.
 */
import { type Key, nameOf, readText } from "./key.ts";
import type { Shelf } from "./shelf.ts";
import { Slot } from "./slot.ts";

/** A stored text that cannot be read, or only in part. */
export interface SetAside {
  /** Of what it was, for the person, as `the board`. */
  readonly what: string;
  readonly name: string;
  readonly text: string;
}

export interface Persistence {
  /** The place of a value; one for each key. */
  readonly slot: <T>(key: Key<T>) => Slot<T>;
}

/** `onSetAside` is told of a text that could not be read in full, once, before anything takes its place. */
export async function openPersistence(
  shelf: Shelf,
  onSetAside: (found: SetAside) => void,
): Promise<Persistence> {
  const texts = new Map(await shelf.read());
  const refresh = new Map<string, () => void>();
  shelf.watch((name, text) => {
    texts.set(name, text);
    refresh.get(name)?.();
  });
  return {
    slot: (key) => {
      const name = nameOf(key);
      const text = texts.get(name) ?? adopt(shelf, texts, key);
      if (text !== undefined && !readText(key, text).isWhole && !isAside(texts, name, text)) {
        void setAside(shelf, name, text);
        onSetAside({ what: key.what, name, text });
      }
      const slot = new Slot(shelf, key, text);
      refresh.set(name, () => void slot.refresh());
      return slot;
    },
  };
}

/** Takes over what lies under a former name, which goes when the new one is there. */
function adopt<T>(shelf: Shelf, texts: ReadonlyMap<string, string>, key: Key<T>): string | undefined {
  const former = key.formerly?.find((name) => texts.has(name));
  const text = former === undefined ? undefined : texts.get(former);
  if (former === undefined || text === undefined) return undefined;
  void shelf
    .update(nameOf(key), (now) => now ?? text)
    .then((isTaken) => isTaken && shelf.update(former, () => undefined));
  return text;
}

const asideOf = (name: string) => `${name}.unread.`;

function isAside(texts: ReadonlyMap<string, string>, name: string, text: string): boolean {
  return [...texts].some(([other, kept]) => other.startsWith(asideOf(name)) && kept === text);
}

/** Under the first such name that nothing lies under. */
async function setAside(shelf: Shelf, name: string, text: string): Promise<void> {
  for (let number = 1; ; number++) {
    let isFree = false;
    await shelf.update(`${asideOf(name)}${number}`, (there) => {
      isFree = there === undefined || there === text;
      return there ?? text;
    });
    if (isFree) return;
  }
}
