/** @file What a browser keeps of a site, in memory: for tests of one tab or of several. Every call takes a while, as a database's. */
import { openPersistence, type Persistence, type SetAside } from "./persistence.ts";
import type { Shelf } from "./shelf.ts";

export interface MemorySite {
  readonly texts: Map<string, string>;
  /** Everything that could not be read. */
  readonly aside: SetAside[];
  /** Characters that the browser gives the site. */
  room: number;
  /** One tab more. */
  readonly open: () => Promise<Persistence>;
  /** When nothing is on its way any more. */
  readonly settled: () => Promise<void>;
}

export function memorySite(stored: Readonly<Record<string, string>> = {}): MemorySite {
  const texts = new Map(Object.entries(stored));
  const tabs = new Set<(name: string, text: string) => void>();
  let pending = 0;
  const later = async <T>(work: () => T): Promise<T> => {
    pending += 1;
    await Promise.resolve();
    await Promise.resolve();
    pending -= 1;
    return work();
  };
  const shelf = (): Shelf => {
    let own: ((name: string, text: string) => void) | undefined;
    return {
      read: () => later(() => new Map(texts)),
      update: (name, change) =>
        later(() => {
          const before = texts.get(name);
          const text = change(before);
          const others = [...texts].filter(([other]) => other !== name);
          const used = others.reduce((sum, [, kept]) => sum + kept.length, text?.length ?? 0);
          if (text === before) return true;
          if (used > site.room) return false;
          if (text === undefined) texts.delete(name);
          else texts.set(name, text);
          if (text === undefined) return true;
          for (const tell of tabs) if (tell !== own) void later(() => tell(name, text));
          return true;
        }),
      watch: (tell) => {
        own = tell;
        tabs.add(tell);
      },
    };
  };
  const site: MemorySite = {
    texts,
    aside: [],
    room: Number.POSITIVE_INFINITY,
    open: () => openPersistence(shelf(), (found) => void site.aside.push(found)),
    settled: async () => {
      do await new Promise((resolve) => setImmediate(resolve));
      while (pending > 0);
    },
  };
  return site;
}
