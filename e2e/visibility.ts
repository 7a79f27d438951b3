/** @file The page behind another tab, as the browser tells it: measurements wait until it is seen again. */
import type { Page } from "@playwright/test";

/** Puts the page behind another, or in front. */
export async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

/**
 * Puts the page behind another at the moment at which it says something: what it was measuring then waits, however fast the
 * machine is. Ends when that has happened.
 */
export async function hideWhen(page: Page, says: RegExp): Promise<void> {
  await page.evaluate(
    (source) =>
      new Promise<void>((resolve) => {
        const pattern = new RegExp(source);
        const check = () => {
          if (!pattern.test(document.body.textContent)) return;
          observer.disconnect();
          Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
          document.dispatchEvent(new Event("visibilitychange"));
          resolve();
        };
        const observer = new MutationObserver(check);
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
        check();
      }),
    says.source,
  );
}
