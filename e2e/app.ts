/**
 * @file Opens the app as a person would, and fails every test in which it misbehaves: an uncaught error, an error in the
 * console, or a request to a place that it has no business with.
 */
import { test as base, type Page } from "@playwright/test";

export { expect } from "@playwright/test";

const publicHub = "https://huggingface.co";

interface Watched {
  /** Origins of the only foreign places that the app may ask: where the official weights are. */
  readonly hubs: readonly string[];
  /** What a test breaks on purpose: errors in the console that say so are none. */
  readonly onPurpose: RegExp | undefined;
  readonly problems: undefined;
}

/** As Playwright's `test`, and the page's misbehaviour fails it. */
export const test = base.extend<Watched>({
  hubs: [[publicHub], { option: true }],
  onPurpose: [undefined, { option: true }],
  problems: [
    async ({ page, baseURL, hubs, onPurpose }, use) => {
      const problems = watch(page, baseURL ?? "", hubs);
      await use(undefined);
      const faults = problems.filter((problem) => !onPurpose?.test(problem));
      base.expect(faults, "problems on the page").toEqual([]);
    },
    { auto: true },
  ],
});

export interface Opening {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly theme?: "light" | "dark";
  /** What follows the address: `?backend=wasm`, `#...`. */
  readonly link?: string;
}

/**
 * Opens the app in a window of this size, on a system with this theme, and cut off from the hub: what the tests see is the
 * same on a machine with internet and without.
 */
export async function openApp(
  page: Page,
  { viewport = { width: 1440, height: 900 }, theme = "light", link = "" }: Opening = {},
): Promise<void> {
  await page.context().route(`${publicHub}/**`, (route) => route.abort());
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: theme });
  await page.goto(`./${link}`);
}

/** Collects what goes wrong from now on, the workers' part included. */
function watch(page: Page, baseURL: string, hubs: readonly string[]): readonly string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("console", (message) => {
    // The browser itself logs that the hub cannot be reached or refuses, which the app must live with.
    const isHub = hubs.includes(originOf(message.location().url));
    // As it logs what it cannot fetch while a test has cut it off.
    const isOffline = message.text().includes("net::ERR_INTERNET_DISCONNECTED");
    if (message.type() === "error" && !isHub && !isOffline) problems.push(`console: ${message.text()}`);
  });
  page.context().on("request", (request) => {
    const url = request.url();
    const isOwn = url.startsWith(baseURL) || /^(blob|data):/.test(url);
    if (!isOwn && !hubs.includes(originOf(url))) problems.push(`request: ${url}`);
  });
  return problems;
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}
