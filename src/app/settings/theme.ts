/** @file Puts the chosen theme on the page; `index.html` does the same before the first paint. */
import type { SettingsStore, Theme } from "./settings.ts";

/** Follows the setting from now on. */
export function followTheme(settings: SettingsStore): void {
  apply(settings.getState().theme);
  settings.subscribe(({ theme }, before) => {
    if (theme !== before.theme) apply(theme);
  });
}

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
