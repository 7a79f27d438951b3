/** @file Local storage that may be denied, full or holding nonsense: then the default stands and nothing breaks. */

const prefix = "inceptionnext-explorer.";

/** The stored JSON value; undefined where there is none or it cannot be read. */
export function readStored(name: string): unknown {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Stores a value as JSON. @returns Whether the browser took it; what was stored before stays where not. */
export function writeStored(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    // Private windows and full disks refuse: the setting then lasts as long as the page.
    return false;
  }
}
