/** @file Where texts are kept from one visit to the next. What a browser offers may be denied, full, or shared with other tabs. */

/** Every call may take its time, as a database does. */
export interface Shelf {
  /** Every text that is there now, by its name; none where the browser denies storage. */
  readonly read: () => Promise<ReadonlyMap<string, string>>;
  /**
   * Puts in place of a text what `change` makes of it, with nothing of another tab in between; undefined is no text.
   *
   * @returns Whether the browser took it; what was there before stays where not.
   */
  readonly update: (
    name: string,
    change: (text: string | undefined) => string | undefined,
  ) => Promise<boolean>;
  /** Calls back with every text that another tab puts there from now on. */
  readonly watch: (tell: (name: string, text: string) => void) => void;
}

const prefix = "inceptionnext-explorer.";

/** The browser's local storage. A change is made before the call returns, so that it holds though the page is closed. */
export function localShelf(): Shelf {
  return {
    read: async () => {
      try {
        return new Map(
          Object.keys(localStorage)
            .filter((key) => key.startsWith(prefix))
            .map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? ""]),
        );
      } catch {
        return new Map();
      }
    },
    update: async (name, change) => {
      const key = prefix + name;
      const before = textAt(key);
      const text = change(before);
      if (text === before) return true;
      try {
        if (text === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
        return true;
      } catch {
        // Private windows and full disks refuse: it then lasts as long as the page.
        return false;
      }
    },
    watch: (tell) => {
      window.addEventListener("storage", ({ key, newValue, storageArea }) => {
        if (storageArea !== localStorage || newValue === null || !key?.startsWith(prefix)) return;
        tell(key.slice(prefix.length), newValue);
      });
    },
  };
}

function textAt(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
